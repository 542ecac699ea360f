/** The checklist. */
export const setup = {
  title: 'Checklist',
  about:
    'What is left until your secretary answers your telephone. Each line is looked at, not ticked: it is done when it works.',
  progress: (done: number, all: number) => `${done} of ${all} done`,
  allDone: {
    title: 'Everything is set up',
    about: 'Your secretary answers your telephone. You can put this list away.',
  },
  dismiss: 'Put this list away',
  dismissed: 'This list was put away',
  dismissedAbout: 'It is no longer shown to anybody in your business. What it says stays true.',
  show: 'Show it again',
  done: 'Done',
  due: 'To do',
  steps: {
    'call': {
      title: 'Call your secretary',
      about: 'Talk or type with it in the browser, before any customer does. Nothing else has to be set up for that.',
      go: 'Call your secretary',
    },
    'carrier': {
      title: 'Connect Twilio',
      about: 'Your own account at the telephone company: calls come from there.',
      go: 'Connect Twilio',
    },
    'model': {
      title: 'Connect a speech model',
      about:
        'With a key from OpenAI the secretary understands free speech. Until then the scripted receptionist answers.',
      go: 'Connect OpenAI',
    },
    'number': {
      title: 'Point your number here',
      about: 'Add the number, and have it set right at Twilio with one press.',
      go: 'Your numbers',
    },
    'team': {
      title: 'Invite your team',
      about: 'Whoever takes care of messages and appointments gets an account of their own.',
      go: 'Invite somebody',
    },
    'second-factor': {
      title: 'Protect your account',
      about: 'A passkey or an authenticator app. What can do lasting damage asks for it.',
      go: 'Add a second factor',
    },
  },
  /** The way on from where a step stands. */
  goOn: {
    'not-tested': 'Test it',
    'refused': 'See why',
    'not-checked': 'Check it',
    'points-elsewhere': 'See what is wrong',
    'invited': 'See the invitation',
  } as Readonly<Record<string, string>>,
  why: {
    'called': 'A call has come in.',
    'no-call': 'Nobody has called yet.',
    'works': 'Tested, and it works.',
    'installation': 'The key of this installation is used.',
    'not-connected': 'Not connected yet.',
    'not-tested': 'Connected, but nobody has tested it yet.',
    'refused': 'Connected, but the last test failed. The page says why.',
    'no-line': 'No number has been added yet.',
    'not-checked': 'Added, but nobody has checked where it points.',
    'points-elsewhere': 'The number does not point here. The page says what is wrong.',
    'alone': 'You are the only one here.',
    'invited': 'Invited, and not answered yet.',
    'together': 'You are not alone here any more.',
    'added': 'You have one.',
    'missing': 'You sign in with one thing only.',
  },
};
