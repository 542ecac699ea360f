/** Showing a second factor: at the end of a sign-in, and when something that could do damage is asked for. */
export const secondFactor = {
  title: 'One more thing',
  aboutApp: 'Open your authenticator app and type the code it shows for Sotto.',
  aboutPasskey: 'Your device asks for your fingerprint, face or PIN.',
  aboutRecovery: 'One of the codes you kept when you set this up. Each works once.',
  code: 'Six-digit code',
  recoveryCode: 'Recovery code',
  confirm: 'Confirm',
  startAgain: 'Sign in as somebody else',
  passkey: 'Use your passkey',
  useApp: 'Use the authenticator app',
  usePasskey: 'Use a passkey',
  useRecovery: 'Use a recovery code',
  elsewhere: (origin: string) => `Your passkey works at ${origin}.`,
  nothing: 'Nothing that you could show works at this address. Open Sotto under its own name.',
  passkeyStopped: 'The passkey was not shown. Try again, or use something else.',
  passkeyKnown: 'This device has a passkey for your account already.',
  stepUp: {
    title: 'Confirm that it is you',
    about: 'This can do lasting damage, so it wants your second factor. Then it counts for ten minutes.',
    none: 'You need a second factor for this',
    noneAbout:
      'What could do lasting damage (team, keys, providers) is done only by who shows a second factor: a passkey or an authenticator app. You have none yet. Adding one takes a minute.',
    add: 'Add one in your account',
    later: 'Not now',
  },
};
