import { count } from './count.ts';

const plural = (n: number, one: string, many: string) => (n === 1 ? one : `${count(n)} ${many}`);

/** The promises as the owner of an installation sees them. */
export const trust = {
  title: 'Promises',
  about:
    'What this installation promises, and what was seen. Each promise has a check that runs here by itself; the status follows from it, and nobody can type it.',
  publicPage: 'The page everybody can see',
  computed: (at: string) => `Computed ${at}`,
  broken: {
    title: (n: number) => (n === 1 ? 'One promise is not being kept' : `${count(n)} promises are not being kept`),
    about: 'Look at it before anything else. What the check found stands with each.',
    since: (at: string) => `Since ${at}`,
    show: 'Show what was found',
  },
  calm: {
    title: 'No check has found anything broken',
    about: (proven: number, silent: number) =>
      silent === 0
        ? `${plural(proven, 'One promise is', 'promises are')} proven.`
        : `${plural(proven, 'One promise is', 'promises are')} proven. ${plural(silent, 'One has', 'have')} had nothing to look at yet or could not be looked at: they count as neither.`,
  },
  filter: 'Which promises are shown',
  all: 'All',
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
  } as Readonly<Record<string, string>>,
  statuses: {
    'proven': {
      name: 'Proven',
      means: 'Looked at a short while ago, nothing broken; the check was seen failing on purpose.',
    },
    'not-exercised': {
      name: 'Not exercised',
      means: 'Nothing broken was found, because there was nothing to look at yet.',
    },
    'failing': { name: 'Broken', means: 'The check found it broken, or the check itself does not work.' },
    'unknown': { name: 'Unknown', means: 'The check could not look, or its last look is too old to count.' },
    'attested': { name: 'Attested', means: 'An outside document says so, and it is in date.' },
    'attestation-expired': { name: 'Attestation expired', means: 'An outside document said so, and it has run out.' },
    'in-force': { name: 'In force', means: 'People do this; every deadline was kept.' },
    'overdue': { name: 'Overdue', means: 'People do this; a deadline has passed.' },
    'roadmap': { name: 'Not built yet', means: 'The promise is known, and nothing keeps it yet.' },
    'not-claimed': { name: 'Not claimed', means: 'Sotto does not say this of itself.' },
  } as Readonly<Record<string, { readonly name: string; readonly means: string }>>,
  found: {
    checked: (n: number) => `${plural(n, 'one thing', 'things')} looked at, nothing broken`,
    nothing: 'nothing to look at yet',
  },
  details: {
    finding: 'What the check found',
    how: 'How it is kept, and how the check looks',
    why: 'Why it is not claimed',
    yourself: 'See it for yourself',
    run: 'Or run the check now, where Sotto runs:',
    last: 'Last look',
    never: 'Not looked at yet',
    since: 'So since',
    checked: 'Looked at',
    every: 'Looks every',
    red: 'Seen failing on purpose',
    notRed: 'Never here, so it proves nothing yet',
    kept: 'Kept by',
    catalogue: 'In the catalogue of promises',
  },
  empty: 'No promise has this status now.',
  everyWords: {
    minutes: (n: number) => plural(n, 'minute', 'minutes'),
    hours: (n: number) => plural(n, 'hour', 'hours'),
    days: (n: number) => plural(n, 'day', 'days'),
  },
  navigation: (n: number) => (n === 1 ? 'One promise is broken' : `${count(n)} promises are broken`),
};
