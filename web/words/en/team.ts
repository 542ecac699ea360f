export const team = {
  title: 'Team',
  about: 'Who belongs to the business, and what each of them may see and do.',
  invite: 'Invite',
  people: 'People',
  you: 'You',
  joined: 'Joined',
  noSignIn: 'Cannot sign in yet',
  noSignInAbout: 'Was set up without an account. An invitation to their address lets them in.',
  nameless: 'Name erased',
  actionsFor: (name: string) => `Actions for ${name}`,
  changeRole: 'Change role …',
  remove: 'Remove …',
  leave: 'Leave …',
  beyond: 'Only an owner can change an owner.',
  role: {
    title: (name: string) => `Which role is ${name} to have?`,
    about: 'It counts at once. Where they are signed in they choose the business again and go on with the new role.',
    save: 'Change role',
    beyond: 'Only an owner gives this role.',
    own: 'This is your own role. With a lesser one you may not be able to change it back.',
    saved: (name: string, role: string) => `${name} is now ${role}.`,
  },
  removing: {
    title: (name: string) => `Remove ${name} from the team?`,
    about:
      'They are signed out of this business at once. The API keys they made stop working and the invitations they sent are withdrawn. Calls assigned to them stay, and can be assigned to somebody else.',
    verb: 'Remove',
    done: (name: string, keys: number, invitations: number) =>
      [
        `${name} is no longer in the team.`,
        ...(keys > 0 ? [keys === 1 ? 'One API key has ended.' : `${keys} API keys have ended.`] : []),
        ...(invitations > 0
          ? [invitations === 1 ? 'One invitation is withdrawn.' : `${invitations} invitations are withdrawn.`]
          : []),
      ].join(' '),
  },
  leaving: {
    title: (business: string) => `Leave ${business}?`,
    about:
      'You lose access at once. The API keys you made here stop working and the invitations you sent are withdrawn. Only an invitation brings you back.',
    verb: 'Leave',
  },
  invitations: {
    title: 'Invitations',
    about: 'Sent and not accepted yet. A link is good once, for seven days.',
    none: 'No invitation is open.',
    sentTimes: (count: number) => (count === 1 ? 'sent once' : `sent ${count} times`),
    until: 'Good until',
    expired: 'Expired',
    again: 'Send again',
    againDone: (name: string) => `Sent to ${name} again. The link of the earlier mail has ended.`,
    withdraw: 'Withdraw',
    withdrawing: {
      title: (name: string) => `Withdraw the invitation of ${name}?`,
      about: 'The link in their mail opens nothing from then on. You can invite them again.',
      verb: 'Withdraw',
    },
  },
  inviting: {
    title: 'Invite somebody',
    email: 'Email',
    emailAbout: 'The invitation goes there, and only who receives mail there can accept it.',
    emailMistake: 'This is not an email address.',
    name: 'Name',
    nameMistake: 'A name in one line, of up to 100 characters.',
    role: 'Role',
    send: 'Send invitation',
    sent: (name: string) => `The invitation to ${name} is on its way.`,
  },
  alone: 'So far it is only you. Invite who is to read messages, take calls over or look after the settings.',
  rolesCard: {
    title: 'What each role may do',
    about:
      'The table that the server itself goes by. “Own” are calls that are assigned to that person, and what came of them.',
    what: 'May',
  },
};
