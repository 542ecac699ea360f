type Said = { readonly title: string; readonly detail: string };

/** Problems of people and keys, in the words of the pages. */
export const teamProblems: Readonly<Record<string, Said>> = {
  'last-owner': {
    title: 'The business keeps one owner',
    detail: 'Make somebody else an owner first.',
  },
  'already-member': {
    title: 'They belong to the team already',
    detail: 'Look for them in the list, and change their role there.',
  },
  'already-invited': {
    title: 'They have an open invitation',
    detail: 'Send it again, or withdraw it and invite them anew.',
  },
  'beyond-your-role': {
    title: 'That reaches beyond your role',
    detail: 'Nobody gives, or takes from somebody, what they may not do themselves.',
  },
  'scope-not-yours': {
    title: 'The key would do more than you may',
    detail: 'Choose only what you may do yourself.',
  },
  'invitation-over': {
    title: 'This invitation is over',
    detail: 'It was accepted or withdrawn meanwhile.',
  },
};
