import type { DataWords } from './data.ts';

export const en: DataWords = {
  title: 'What is kept here, whose it is, and how it ends',
  short: 'Data map',
  intro:
    'Every column of the database, every folder, every file, every memory and everyone outside who gets something of it. This page is made from the rules by which the program deletes, held against the database that is running now: a column or a folder without a rule would stop the tests.',
  computed: (at) => `Read from the running database at ${at}.`,
  contents: 'On this page',
  subjects: {
    caller: { title: 'About people who call', says: 'What the secretary hears and writes down.' },
    member: { title: 'About members of the team', says: 'Those who sign in.' },
    business: { title: 'Of the business', says: 'What it told the secretary, and its own credentials.' },
    installation: { title: 'Of the installation', says: 'About nobody in particular.' },
  },
  howLong: 'How long',
  ends: 'How it ends',
  endings: {
    key: 'its key is destroyed, which makes every copy unreadable',
    value: 'the fields are emptied',
    row: 'the row is deleted',
    object: 'the file is deleted where it lies',
    memory: 'it is let go of; it was never on a disk',
  },
  endsNever: 'It does not end on its own.',
  nowhere: 'Nothing of this kind lies anywhere in this version.',
  where: (columns, places) =>
    [
      columns > 0 && (columns === 1 ? '1 column' : `${columns} columns`),
      places > 0 && `${places} ${columns > 0 ? 'other ' : ''}${places === 1 ? 'place' : 'places'}`,
    ]
      .filter(Boolean)
      .join(', '),
  columns: 'Column',
  classOf: 'Class',
  holds: 'What it holds',
  places: 'Outside of the tables',
  classes: {
    id: 'id',
    operational: 'operational',
    business: 'of the business',
    personal: 'personal, sealed',
    secret: 'secret',
    index: 'keyed hash',
  },
  unclassed: 'no class',
  usual: {
    title: 'The usual settings',
    says: 'Each business sets these itself: one of the usual settings, or days of its own from 1 to 3650. None is without an end.',
    type: 'Type of data',
    handOver: 'After a confirmed hand-over to a system of the business',
  },
  sooner: (length) => `what was said, names and numbers go within ${length}`,
  notSooner: 'no sooner for that',
  account: 'life of the account, and 30 days',
  outside: {
    title: 'Who outside gets something',
    says: 'Only those that the business or the operator has connected. The program can reach nobody else: the list of hosts that may be dialled is made from the same files.',
  },
  gets: 'Gets',
  region: 'Where',
  hosts: 'Reached at',
  keeps: 'What stays there',
  keepsNothing: 'Nothing stays there.',
  nothing: 'Nothing stays.',
  days: (count, from) =>
    `${count === 1 ? '1 day' : `${count} days`} from ${{ made: 'when it came about', deleted: 'its deletion' }[from]}`,
  openEnded: (isDeletable) => (isDeletable ? 'until it is deleted' : 'as long as they see fit'),
  deletable: 'Sotto has it deleted and reads back that it is gone.',
  notDeletable: 'It cannot be deleted from here.',
  unverified: 'Not read at the source.',
  source: 'Source',
  operator: 'The operator knows',
  noQueue: {
    title: 'What there is not',
    says: 'No queue of jobs holds anything about anybody: background work looks at the tables. No column can hold a payment card, no cookie follows anybody, and nothing is recorded where recording is off.',
  },
};
