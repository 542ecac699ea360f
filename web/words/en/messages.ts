/** Messages that callers left. */
export const messages = {
  title: 'Messages',
  about: 'What callers want passed on. Mark what you have seen to, and it leaves the pile.',
  show: 'Show',
  open: 'Waiting',
  urgent: 'Urgent',
  done: 'Done',
  all: 'All',
  isUrgent: 'Urgent',
  anonymous: 'No name given',
  reach: 'Call back',
  call: 'The call',
  doneAt: 'Seen to',
  markDone: 'Done',
  reopen: 'Not done yet',
  markDoneOf: (name: string) => `Done: message of ${name}`,
  reopenOf: (name: string) => `Not done yet: message of ${name}`,
  erased: 'The words have been erased.',
  empty: {
    title: 'No messages yet',
    about:
      'When a caller leaves a message, it lies here with their name, a number to call back, and whether it is urgent. Leave one yourself to see how.',
    action: 'Call your secretary',
  },
  caughtUp: { title: 'All seen to', about: 'Nobody waits for an answer. New messages appear here by themselves.' },
  noneUrgent: { title: 'Nothing urgent', about: 'Callers who say that it is urgent are marked and listed here.' },
  noneDone: { title: 'Nothing is done yet', about: 'Messages that somebody has marked as done are kept here.' },
};
