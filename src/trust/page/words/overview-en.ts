import type { OverviewWords } from './overview.ts';

export const en: OverviewWords = {
  title: 'What this installation promises, and what was seen',
  short: 'Promises',
  intro:
    'Each line below is a promise with a check behind it that runs here, on its own, again and again. Before a check is believed it has to notice a violation that was planted on purpose. The status follows from what was seen; nobody can type it.',
  computed: (at) => `Computed from the evidence at ${at}.`,
  summary: 'All promises by status',
  failing: (count) =>
    count === 1 ? 'One promise is not being kept right now.' : `${count} promises are not being kept right now.`,
  calm: 'No check has found anything broken.',
  partly: (proven, silent) =>
    `No check has found anything broken. ${proven} proven; ${silent} could not be answered or had nothing to look at, and count as neither.`,
  neverExercised: {
    title: 'Never exercised here',
    none: 'Every promise with a check has had something to look at on this installation.',
    some: 'Nothing has happened on this installation yet that these promises could be checked against. They are not counted as kept.',
  },
  groups: {
    isolation: 'Keeping organisations apart',
    access: 'Who may come in, and do what',
    calls: 'During and after a call',
    keeping: 'How long things are kept, and what for',
    encryption: 'Encryption',
    edge: 'What is let in',
    processors: 'What goes out',
    audit: 'The audit log',
    trust: 'Reports and seals',
  },
  statuses: {
    'proven': {
      name: 'Proven',
      means: 'A recent check found nothing broken, had something to look at, and was seen failing on purpose.',
    },
    'not-exercised': {
      name: 'Not exercised',
      means: 'Nothing broken was found, because there was nothing to look at yet.',
    },
    'failing': { name: 'Failing', means: 'The check found the promise broken, or the check itself does not work.' },
    'unknown': {
      name: 'Unknown',
      means: 'The check could not look, was never seen failing here, or its last look is too old to count.',
    },
    'attested': { name: 'Attested', means: 'An outside document says so, and it is in date.' },
    'attestation-expired': { name: 'Attestation expired', means: 'An outside document said so, and it has run out.' },
    'in-force': { name: 'In force', means: 'People do this; every deadline was kept.' },
    'overdue': { name: 'Overdue', means: 'People do this; a deadline has passed.' },
    'roadmap': { name: 'Not built yet', means: 'The promise is known, and nothing keeps it yet.' },
    'not-claimed': { name: 'Not claimed', means: 'We do not say this of ourselves.' },
  },
  since: ['since ', ''],
  notBuilt: {
    title: 'Not built yet',
    says: 'Promises of the catalogue that nothing keeps yet. Nobody may rely on them.',
  },
  notClaimed: {
    title: 'What we do not claim',
    rest: (known, claimed) =>
      `The catalogue of this program knows ${known} promises. ${claimed} of them have a check on this page; about the other ${known - claimed} nothing is claimed here.`,
  },
  legend: 'What the words mean',
};
