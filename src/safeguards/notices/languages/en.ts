import type { Language } from '../language.ts';
import type { FactorChange } from '../notice.ts';

export default {
  letters: {
    'sign-in-link': ({ minutes }) => ({
      subject: 'Your sign-in link',
      before: [`This link signs you in to Sotto. It works once, and for ${count(minutes, 'minute')}.`],
      link: 'Sign in',
      after: ['If you did not ask for it, do nothing: without the link nobody gets in. Do not pass it on.'],
    }),
    'sign-up-link': ({ minutes }) => ({
      subject: 'Confirm your address',
      before: [
        'Somebody wants to open an account at Sotto with this address.',
        `If it was you, confirm it within ${count(minutes, 'minute')}.`,
      ],
      link: 'Confirm and go on',
      after: ['If it was not you, do nothing: no account comes about without this link.'],
    }),
    'account-exists': () => ({
      subject: 'You already have an account',
      before: [
        'Somebody wanted to open an account at Sotto with this address. There is one already, so nothing was changed.',
        'If it was you, sign in instead; when the password is lost, ask for a sign-in link there.',
        'If it was not you, there is nothing to do.',
      ],
    }),
    'locked': ({ minutes }) => ({
      subject: 'Your sign-in is locked for now',
      before: [
        `Signing in to your account failed too often, so passwords and codes are refused for ${count(minutes, 'minute')}. A passkey still works.`,
        'If it was not you, somebody is guessing: choose a new password, and add a passkey or an authenticator app.',
      ],
    }),
    'password-changed': () => ({
      subject: 'Your password was changed',
      before: [
        'The password of your account was changed, and every other session was ended.',
        'If it was not you, ask for a sign-in link at once, choose another password and look through your sign-in methods.',
      ],
    }),
    'factor-changed': ({ what }) => ({
      subject: 'Your sign-in methods were changed',
      before: [
        factors[what],
        'If it was not you, sign in at once, undo it, choose another password and end all other sessions.',
      ],
    }),
    'invitation': ({ organisation, by, days }) => ({
      subject: 'An invitation to Sotto',
      before: [
        `${by} invites you to work with “${organisation}” at Sotto, where calls are answered and messages are taken.`,
        `The invitation is for this address and holds for ${count(days, 'day')}.`,
      ],
      link: 'Accept the invitation',
      after: ['If you do not know them, do nothing.'],
    }),
    'unusual-sign-in': () => ({
      subject: 'A sign-in from somewhere new',
      before: [
        'Somebody signed in to your account from a device or a place that we have not seen with it before.',
        'If it was not you, sign in at once, end that session and choose another password.',
      ],
    }),
    'key-made': ({ name }) => ({
      subject: 'An API key was made',
      before: [
        `An API key named “${name}” was made in your organisation.`,
        'If nobody of you made it, revoke it at once: whoever has it can do what its scopes allow.',
      ],
    }),
    'account-closing': ({ organisation, day }) => ({
      subject: 'Your account is to be closed',
      before: [
        `An owner of “${organisation}” has asked to close its account at Sotto. On ${day} (UTC) everything of it is erased: calls, recordings, messages, leads, appointments, members and settings. Nothing brings it back then.`,
        'Until that day calls are answered as before, and any owner can take it back under Settings.',
        'If nobody of you did this, sign in at once, take it back and look through your members and sessions.',
      ],
    }),
    'deletions-unconfirmed': ({ companies, late, givenUp }) => ({
      subject: 'Deletions elsewhere are not confirmed',
      before: [
        `What your organisation has deleted here has to go at ${companies.join(', ')} as well. That is not confirmed there.`,
        ...(late > 0
          ? [`${count(late, 'deletion')}: asked for more than a day ago. We keep asking, for a week as a rule.`]
          : []),
        ...(givenUp > 0
          ? [
              `${count(givenUp, 'deletion')}: given up. What stays there has to be deleted by you, in your account there.`,
            ]
          : []),
        'Look under Connections whether your account there is connected and accepted; once it is, we go on by ourselves.',
      ],
    }),
  },
  footer: (origin) => `Sent by Sotto at ${origin}. Nobody reads answers to this mail.`,
} satisfies Language;

const factors: Readonly<Record<FactorChange, string>> = {
  'totp-added': 'An authenticator app was added to your account.',
  'totp-removed': 'The authenticator app was removed from your account.',
  'passkey-added': 'A passkey was added to your account.',
  'passkey-removed': 'A passkey was removed from your account.',
  'recovery-codes-made': 'New recovery codes were made for your account; older ones no longer work.',
  'recovery-code-used': 'A recovery code of your account was used. It does not work again.',
  'passkey-copied':
    'A passkey of your account was refused: its count of uses went backwards, so there may be a copy of it. Remove it and add another.',
  'outside-linked': 'A sign-in with another provider was linked to your account.',
  'outside-unlinked': 'A sign-in with another provider was taken off your account.',
};

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
