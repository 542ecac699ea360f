import { count } from './count.ts';

/** The settings of a business. */
export const settings = {
  title: 'Settings',
  about: 'What your business says of itself, what it uses data of callers for, and how long it keeps it.',
  business: {
    title: 'Business',
    about: 'Callers hear the name; the country decides what they must be told.',
    name: 'Name of the business',
    nameAbout: 'As it is said on the phone.',
    wrong: 'Check this.',
    save: 'Save',
    saved: 'Saved. The next call hears it.',
  },
  readOnly: 'Only an owner or admin can change this.',
  discard: 'Undo',
  meanwhile: {
    title: 'Somebody else changed this in the meantime',
    about: 'Your change was not saved. Look at theirs, then make yours again.',
    show: 'Show theirs',
  },
  purposes: {
    title: 'What data of callers is used for',
    about: 'For what you agree to here, and for nothing else. It holds from the next call on; what is there stays.',
    decided: (when: string, who: string) => `Agreed ${when}, ${who}`,
    withdrawn: (when: string, who: string) => `Not agreed since ${when}, ${who}`,
    never: 'Nobody has agreed to this yet',
    byYou: 'by you',
    byMember: 'by a member of your team',
    byKey: 'through an API key',
    bySetUp: 'when it was set up',
    save: 'Save what is agreed',
    saved: 'Saved. It holds from the next call on.',
  },
  keeping: {
    title: 'How long things are kept',
    about:
      'When its time is over, it is shown nowhere any more and deleted for good. Its key is destroyed first, so that copies in backups of the database cannot be read either.',
    stays:
      'Of a call stays when it was, how long it took, with which secretary and how it ended. What is kept as long as the account ends 30 days after the account is closed.',
    goesAtOnce: (parts: string, oldest: string) => `This deletes at once: ${parts}. The oldest is from ${oldest}.`,
    nothingGoes: 'Nothing that is there now is deleted by this.',
    nothingReturns: 'What has already been deleted does not come back.',
    dataMap: 'All that is kept here, whose it is, what for and how it ends',
    looking: 'Looking at what this would delete …',
    parts: {
      calls: (n: number) => `words, number and name of ${n === 1 ? 'one call' : `${count(n)} calls`}`,
      recordings: (n: number) => (n === 1 ? 'the recording of one call' : `the recordings of ${count(n)} calls`),
      messages: (n: number) => (n === 1 ? 'one message' : `${count(n)} messages`),
      people: (n: number) => `number and name of ${n === 1 ? 'one caller' : `${count(n)} callers`}`,
      leads: (n: number) => (n === 1 ? 'one lead' : `${count(n)} leads`),
      appointments: (n: number) => (n === 1 ? 'one appointment' : `${count(n)} appointments`),
    },
    save: 'Keep it so',
    saved: 'Saved. It holds from now on.',
    oldest: 'the oldest is from',
    wrong: 'Whole days, from 1 to 3,650',
    confirm: {
      title: 'Delete what is older?',
      about: 'Nobody can bring it back afterwards, neither you nor whoever runs Sotto. This will be gone:',
      verb: 'Delete it and keep it so',
    },
  },
  closing: {
    title: 'Close the account',
    about: 'For when your business needs no secretary any more. Nothing is lost before the thirty days are over.',
    steps: [
      'Every owner gets a mail today, and any owner can take it back for 30 days.',
      'Until then calls are answered as before. Point your numbers elsewhere meanwhile.',
      'After 30 days keys, numbers and people lose their access, and everything is deleted for good: calls, messages, leads, appointments, recordings, the team.',
    ],
    stays:
      'What stays is the audit log without its details, an entry without your name, and the proof that it was done. What a legal hold covers goes when the hold ends.',
    name: (name: string) => `To confirm, type what your business is called: ${name}`,
    nameMistake: 'Letter for letter, as it stands above.',
    verb: 'Close the account',
    asked: 'The account will be closed. Every owner gets a mail.',
    under: (day: string) => `This account is being closed: everything is deleted on ${day}`,
    underAbout: 'Until then calls are answered as before, and an owner can take it back.',
    keep: 'Take it back',
    kept: 'The account stays.',
  },
};
