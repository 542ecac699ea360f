import type { Language } from '../language.ts';
import type { FactorChange } from '../notice.ts';

/** So many promises are named in one mail. */
const mostNamed = 20;

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
    'claims-turned': ({ failing, over }) => ({
      subject: failing.length > 0 ? 'A promise is not being kept' : 'A promise is kept again',
      before: [
        ...(failing.length > 0 ? ['The checks of this installation found these promises broken:'] : []),
        ...failing.slice(0, mostNamed).map(({ claim, since, found }) => `${claim}, since ${since}: ${found}`),
        ...(failing.length > mostNamed ? [`And ${failing.length - mostNamed} more.`] : []),
        ...(over.length > 0 ? ['These are kept again:'] : []),
        ...over.slice(0, mostNamed).map(({ claim, since }) => `${claim}, broken since ${since}`),
        'On the machine: ./sotto prove',
      ],
      link: 'Open the trust page',
    }),
    'clock-doubted': ({ says, known }) => ({
      subject: 'The clock of the machine may be wrong',
      before: [
        `It says ${says} (UTC). By what was known last, it is ${known} or a little later.`,
        'Until this is clear nothing is deleted because of its age: what is deleted too early can never be brought back. Calls are answered as usual.',
        'If the clock is wrong, put it right. If it is right, say so on the machine: ./sotto keys clock --believe',
      ],
    }),
    'documents-ending': ({ documents }) => ({
      subject: 'A document on the trust page runs out',
      before: [
        'After its last day a document no longer backs anything on the trust page:',
        ...documents.map(({ title, issuer, until }) => `“${title}” by ${issuer}: last day ${until} (UTC).`),
        'Add the next one on the machine: ./sotto attest add FILE',
      ],
      link: 'Open the trust page',
    }),
    'report-received': ({ report, until }) => ({
      subject: 'A weakness was reported',
      before: [
        `Somebody has reported a weakness of this installation: ${report}.`,
        `It was promised to say by ${until} that it has come. On the machine: ./sotto reports show ${report}`,
        'What it says is not in this mail.',
      ],
    }),
    'report-due': ({ report, what, until }) => ({
      subject: 'A promise about a reported weakness is nearly due',
      before: [`Report ${report}: ${promised[what]} until ${until}.`, `On the machine: ./sotto reports show ${report}`],
    }),
    'report-missed': ({ report, what, until }) => ({
      subject: 'A promise about a reported weakness was not kept',
      before: [
        `Report ${report}: ${promised[what]} until ${until}. That time is over, and the trust page says so.`,
        `On the machine: ./sotto reports show ${report}`,
      ],
    }),
    'report-step': ({ step }) => ({
      subject: 'News of what you reported to us',
      before: [
        steps[step],
        'The page whose address you were given when you sent it shows its state and our answers. Thank you for telling us.',
        'If you did not report anything, somebody mistyped their address: there is nothing to do.',
      ],
    }),
    'processor-coming': ({ processor: { name, purpose, data, region }, days, to }) => ({
      subject: `A new company will process data: ${name}`,
      before: [
        `${to === 'customer' ? 'Your organisation uses' : 'You asked to be told of changes at'} this installation of Sotto. It is going to use a company that it did not use before: ${name}.`,
        `What for: ${purpose}. What it gets to see: ${data.join('; ')}. Where: ${region}.`,
        `It gets nothing before ${count(days, 'day')} are over, counted from when everybody has been told. Whoever objects writes to the people who run this installation; their address stands on the page of the register.`,
      ],
      link: to === 'customer' ? 'The register of companies that get data' : 'The register, and how to end these mails',
    }),
    'processor-urgent': ({ processor: { name, purpose, data, region }, reason, to }) => ({
      subject: `A new company processes data from today on: ${name}`,
      before: [
        `This installation of Sotto uses a company that it did not use before, without the usual wait: ${name}.`,
        `What for: ${purpose}. What it gets to see: ${data.join('; ')}. Where: ${region}.`,
        `The people who run this installation say why it could not wait: “${reason}”`,
        'This decision, its time and its reason are published and stand in the audit log.',
      ],
      link: to === 'customer' ? 'The register of companies that get data' : 'The register, and how to end these mails',
    }),
    'processor-withdrawn': ({ processor: { name }, reason, to }) => ({
      subject: `A company is not used: ${name}`,
      before: [
        `This installation of Sotto had announced a company that would process data: ${name}. That was taken back, and it gets nothing from now on.`,
        `The people who run this installation say why: “${reason}”`,
      ],
      link: to === 'customer' ? 'The register of companies that get data' : 'The register, and how to end these mails',
    }),
    'register-subscription': ({ hours }) => ({
      subject: 'Confirm your subscription',
      before: [
        'Somebody wants mails to go to this address whenever this installation of Sotto begins to use another company that processes data.',
        `If that was you, confirm it within ${count(hours, 'hour')}.`,
      ],
      link: 'Confirm',
      after: ['If it was not you, do nothing: nothing is sent, and the address is deleted.'],
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

const promised = {
  acknowledgement: 'to be acknowledged',
  assessment: 'to be assessed',
  fix: 'to be fixed, being of high severity,',
} as const;

const steps = {
  acknowledged: 'We have received what you reported, and somebody is looking at it.',
  assessed: 'We have looked at what you reported and said how severe we find it.',
  fixed: 'What you reported is fixed.',
  closed: 'We have closed what you reported.',
  answered: 'We have answered what you reported.',
} as const;

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
