type Said = { readonly title: string; readonly detail: string };

/** Problems that are told in the page's own words: they arrive as a code alone, or the page itself makes them. */
export const entryProblems: Readonly<Record<string, Said>> = {
  'sign-in-refused': {
    title: 'Address or password is wrong',
    detail: 'Check both. A mailed link works without a password.',
  },
  'sign-in-expired': {
    title: 'This sign-in is over',
    detail: 'It waited too long, was used already, or was begun in another browser. Begin again.',
  },
  'outside-refused': {
    title: 'The other provider did not vouch for you',
    detail: 'Nothing has happened. Begin the sign-in again, or sign in another way.',
  },
  'outside-unknown': {
    title: 'That account is linked with nobody here',
    detail: 'Sign in another way and link it in your account, or sign up with it if you are new.',
  },
  'outside-unverified': {
    title: 'That provider has not checked your address',
    detail: 'Sign up by a mailed link instead.',
  },
  'outside-taken': {
    title: 'That account signs in somebody else',
    detail: 'Unlink it there first, or take another.',
  },
  'sign-up-closed': {
    title: 'Nobody can sign up here',
    detail: 'Ask somebody who is in for an invitation.',
  },
  'vendor-failed': {
    title: 'The other provider does not answer',
    detail: 'Try again in a moment, or sign in another way.',
  },
  'vendor-busy': {
    title: 'The other provider is busy',
    detail: 'Try again in a moment, or sign in another way.',
  },
  'passkey-stopped': {
    title: 'No passkey was shown',
    detail: 'The browser stopped asking, or it was put off. Try again, or use something else.',
  },
  'passkey-known': {
    title: 'There is one already',
    detail: 'This device has a passkey for your account already.',
  },
};
