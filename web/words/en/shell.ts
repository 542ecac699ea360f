import { deletionProblems } from './deletion-problems.ts';
import { entryProblems } from './entry-problems.ts';
import { teamProblems } from './team-problems.ts';

/** What stands on every page. */
export const shell = {
  skip: 'Skip to content',
  menu: 'Menu',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  loading: 'Loading',
  tryAgain: 'Try again',
  reconnecting: 'Reconnecting …',
  callSecretary: 'Call your secretary',
  signOut: 'Sign out',
  account: 'Your account',
  appearance: 'Appearance',
  light: 'Light',
  dark: 'Dark',
  likeDevice: 'Like the device',
  language: 'Language',
  loadMore: 'Load more',
  older: 'Older',
  newest: 'Newest',
  reveal: 'Show the whole number; that you did is written down',
  copy: 'Copy',
  copied: 'Copied',
  groups: { work: 'Day to day', set: 'Set up', watch: 'Trust' },
  pages: {
    today: 'Today',
    calls: 'Calls',
    messages: 'Messages',
    leads: 'Leads',
    appointments: 'Appointments',
    agent: 'Secretary',
    setup: 'Checklist',
    connections: 'Connections',
    team: 'Team',
    keys: 'API keys',
    settings: 'Settings',
    trust: 'Promises',
    audit: 'Audit log',
    deletion: 'Deletion',
  } as Readonly<Record<string, string>>,
  problems: {
    ...entryProblems,
    ...teamProblems,
    ...deletionProblems,
    'number-masked': {
      title: 'Only its last digits are left',
      detail: 'The call was handed over; the whole number is in the system that has it now.',
    },
    'unreachable': {
      title: 'Sotto does not answer',
      detail: 'The connection is gone or the server is starting. It is tried again by itself.',
    },
    'page-broken': {
      title: 'This page broke',
      detail: 'Load it again. If it breaks again, what you did last helps whoever mends it.',
    },
  } as Readonly<Record<string, { readonly title: string; readonly detail: string }>>,
  notFound: {
    title: 'There is no such page',
    about: 'The address is wrong, or what it led to is gone.',
    home: 'Go to Today',
  },
  notAllowed: {
    title: 'Your role does not show this page',
    about: 'An owner or admin of the business can give you another role.',
  },
};
