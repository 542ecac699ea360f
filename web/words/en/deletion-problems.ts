type Said = { readonly title: string; readonly detail: string };

/** Problems of deletions and legal holds, in the words of the pages. */
export const deletionProblems: Readonly<Record<string, Said>> = {
  'closing-over': {
    title: 'The account can no longer be kept',
    detail: 'Its day has come: everything of it is being deleted.',
  },
  'hold-not-approved': {
    title: 'You asked for the same lately',
    detail: 'Nobody approved it within 72 hours, or it was withdrawn. Let somebody else ask for it.',
  },
  'hold-over': {
    title: 'This hold is over, or in force already',
    detail: 'Somebody else was faster. Look at it again.',
  },
  'second-person-needed': {
    title: 'Somebody else has to agree',
    detail: 'Two people decide about a hold, and you were the first.',
  },
};
