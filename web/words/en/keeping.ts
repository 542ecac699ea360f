import { count } from './count.ts';

/** What data is used for and how long it is kept, wherever that is chosen. */
export const keeping = {
  purposes: {
    messages: { title: 'Answer calls and take messages', about: 'What a secretary is for; it cannot be switched off.' },
    appointments: {
      title: 'Book appointments',
      about: 'Finds a free time within your hours, and moves or cancels it when the caller asks.',
    },
    leads: {
      title: 'Note who might become a customer',
      about: 'Keeps what a caller is interested in, so that you can call back.',
    },
    recordings: {
      title: 'Record calls',
      about: 'Only where recording is also switched on for the secretary. Callers are told before they speak.',
    },
  },
  presets: {
    'standard': { title: '90 days', about: 'Enough to look something up after a quarter.' },
    'short': { title: '30 days', about: 'For who looks at calls within the month.' },
    'minimal': { title: '7 days', about: 'As little as is practical.' },
    'account-life': {
      title: 'Callers as long as the account',
      about: 'Numbers, names, leads and appointments stay with you; what was said goes after 90 days.',
    },
    'sync-and-purge': {
      title: 'Until your own system has it',
      about:
        'Five minutes after it confirms a call, words and names go and numbers are masked; all else after 30 days.',
    },
    'custom': { title: 'Days of your own', about: 'A different time for each kind, from a day to ten years.' },
  },
  kinds: {
    recordings: { title: 'Recordings', about: 'from when they were made' },
    calls: { title: 'Calls', about: 'words, number and name; from their end' },
    messages: { title: 'Messages', about: 'from when they were taken' },
    people: { title: 'Callers', about: 'number and name; from their latest call' },
    leads: { title: 'Leads', about: 'from when they were written down' },
    appointments: { title: 'Appointments', about: 'from when they are over' },
  },
  withAccount: 'with the account',
  asLongAsAccount: 'As long as the account',
  handOver: {
    title: 'Forget a call five minutes after your own system confirms that it has it',
    about: 'Words and names are deleted, and of numbers the last four figures stay until the days above are over.',
  },
  days: (days: number) => `${count(days)} ${days === 1 ? 'day' : 'days'}`,
  suffix: (days: number | undefined): string => (days === 1 ? ' day' : ' days'),
};
