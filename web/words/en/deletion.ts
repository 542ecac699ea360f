import { count } from './count.ts';

const some = (n: number, one: string, many: string) =>
  n === 0 ? [] : [n === 1 ? `one ${one}` : `${count(n)} ${many}`];

/** What is deleted because somebody asks for it, the proof of that, and what must not be deleted for a time. */
export const deletion = {
  title: 'Deletion',
  about:
    'Forget somebody at once, with a certificate that it was done. What nobody asks about ends by itself, as set under Settings.',
  view: 'What is shown',
  views: { deletions: 'Deletions', holds: 'Legal holds' },
  forget: {
    title: 'Forget a person',
    about: 'When somebody asks to be deleted. One number is enough; it is not kept here.',
    number: 'Their telephone number',
    numberAbout: 'Without its country it is one of yours.',
    numberMistake: 'A whole telephone number, such as +1 500 555 0006.',
    verb: 'Forget this person …',
    confirm: {
      title: (number: string) => `Forget ${number}?`,
      about: 'Everything of this number goes now, and nobody can bring it back, neither you nor whoever runs Sotto:',
      goes: [
        'their calls, with every word, summary and recording',
        'the messages and leads they left',
        'their appointments, also those that are still to come',
        'their number and their name',
      ],
      afterwards:
        'They can then never be contacted by Sotto again. That they are not to be called stays, as a code that shows no number.',
      elsewhere: 'Your telephone provider is asked to delete what it holds of these calls.',
      verb: 'Forget for good',
    },
    done: 'Forgotten',
    underWay: 'Asked for',
    salt: 'Salt',
    saltAbout:
      'With it, and only with it, one can check that the certificate is about this number. Keep it with the certificate; it is shown nowhere else.',
    copy: 'Copy the salt',
    copied: 'Copied',
    another: 'Forget somebody else',
  },
  list: {
    title: 'Deletions on request',
    scopes: { call: 'A call', person: 'A person', organisation: 'Everything of the business' },
    asked: (who: string) => `asked by ${who}`,
    byGone: 'a former member',
    byKey: 'a program',
    byOperator: 'whoever runs Sotto',
    certificate: 'Certificate',
    certificateOf: (what: string, when: string) => `Certificate: ${what}, ${when}`,
    none: {
      title: 'Nobody has asked to be deleted yet',
      about:
        'Each deletion on request stands here with its certificate: what there was, what is left, and who confirmed it. Nothing in it is personal.',
    },
    verify: 'Anybody can check a certificate without you, with nothing but the public key. Where Sotto runs:',
    key: 'The public key',
  },
  states: {
    'under-way': { name: 'Asked', means: 'It is being deleted.' },
    'live-call': { name: 'Waits', means: 'For the end of a call that goes on.' },
    'hold': { name: 'Waits', means: 'For the end of a legal hold.' },
    'object-store': {
      name: 'Waits',
      means: 'The keys are destroyed, so nothing can be read. The store of recordings does not answer yet.',
    },
    'processors': {
      name: 'Nothing left here',
      means: 'Other providers have not all confirmed yet. The certificate is an interim one.',
    },
    'erased': { name: 'Nothing left here', means: 'The final certificate is being written.' },
    'done': { name: 'Done', means: 'Nothing is left here, and the certificate says what each provider answered.' },
  },
  holds: {
    title: 'Legal holds',
    about:
      'What a dispute is about must not be deleted until it is over, even if its time has come or somebody asks. Two people decide.',
    ask: 'Ask for a hold',
    none: {
      title: 'Nothing is held',
      about:
        'Ask for a hold when somebody sues or an authority asks. Until somebody else approves, it suspends deletion for 72 hours only.',
    },
    states: {
      'asked': 'Waits for approval',
      'in-force': 'In force',
      'withdrawn': 'Withdrawn',
      'lapsed': 'Lapsed: nobody approved',
      'lifted': 'Lifted',
      'ended': 'Ended',
    },
    person: (number: string) => `Everything of ${number}`,
    personOver: 'Everything of a person',
    call: 'A call',
    noReason: 'The reason has been deleted.',
    until: 'Until',
    holds: 'Holds',
    nothing: 'nothing yet',
    asked: 'Asked',
    approved: 'Approved',
    liftAsked: 'Asked to lift',
    over: 'Over',
    byGone: 'a former member',
    parts: (n: Readonly<Record<'call' | 'recording' | 'message' | 'lead' | 'appointment' | 'contact', number>>) => [
      ...some(n.call, 'call', 'calls'),
      ...some(n.recording, 'recording', 'recordings'),
      ...some(n.message, 'message', 'messages'),
      ...some(n.lead, 'lead', 'leads'),
      ...some(n.appointment, 'appointment', 'appointments'),
      ...some(n.contact, 'caller', 'callers'),
    ],
    lapses: (when: string) => `Until somebody else approves, it suspends deletion for 72 hours only: until ${when}.`,
    own: 'You asked for it; somebody else has to approve.',
    liftOwn: (when: string) => `You asked to lift it; somebody else has to say so too, until ${when}.`,
    liftOther: (who: string, when: string) => `${who} wants to lift it. If you say so too, until ${when}, it is over.`,
    approve: 'Approve',
    lift: 'Lift',
    withdraw: 'Withdraw',
    approving: {
      title: 'Approve this hold?',
      about: (until: string) => `Nothing of it is deleted until ${until}, whoever asks. Two people can lift it sooner.`,
      verb: 'Approve',
    },
    withdrawing: {
      title: 'Withdraw this hold?',
      about:
        'What is past its time is deleted within moments. Whoever asked for it cannot ask for the same again for 30 days.',
      verb: 'Withdraw',
    },
    lifting: {
      title: 'Lift this hold?',
      first: 'It is over once a second person says so too, within 72 hours. Until then it goes on.',
      second: 'You are the second to say so: it is over now. What is past its time is deleted within moments.',
      verb: 'Lift',
    },
    asking: {
      title: 'Ask for a legal hold',
      about:
        'From now on nothing of this person is deleted. Until somebody else approves, it suspends deletion for 72 hours only.',
      number: 'Telephone number',
      numberAbout: 'Whole, with its country, such as +1 500 555 0006.',
      numberMistake: 'A whole number with its country, such as +1 500 555 0006.',
      reason: 'Reason',
      reasonAbout: 'What it is about, such as the number of the case. It is sealed, and deleted a year after the hold.',
      reasonMistake: 'Say why, in up to 2,000 characters.',
      until: 'Ends after this day',
      untilAbout: 'Ten years from now at the latest.',
      untilMistake: 'A day to come, at most ten years from now.',
      verb: 'Ask for it',
      done: 'Asked for. Somebody else has to approve within 72 hours.',
    },
    approvedDone: 'The hold is in force.',
    withdrawnDone: 'The hold is withdrawn.',
    liftedDone: 'The hold is over.',
    liftAskedDone: 'Somebody else has to say so too, within 72 hours.',
  },
};
