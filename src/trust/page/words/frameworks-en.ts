import type { FrameworkWords } from './frameworks.ts';

export const en: FrameworkWords = {
  title: 'Laws and standards',
  short: 'Laws and standards',
  intro:
    'How far this installation is with each. A status follows from the lines of the law or standard, from the promises those lines point at, as they are kept at this moment, and from documents in date. Nobody can type one.',
  computed: (at) => `Computed from the evidence at ${at}.`,
  list: 'Where each stands',
  statuses: {
    'not-claimed': {
      name: 'Not claimed',
      means: 'Only somebody outside could say it, and nobody has; or the program has no answer to any line.',
    },
    'roadmap': { name: 'On the roadmap', means: 'At least one line has no answer yet, or rests on what is not built.' },
    'documented': {
      name: 'Documented',
      means: 'Every line has an answer. That is less than being kept: people have their part, and checks can fail.',
    },
    'in-force': {
      name: 'In force',
      means:
        'The law binds, every promise that its lines point at is kept right now, and the operator has said in a dated statement that the duties of people are done.',
    },
    'audited': { name: 'Audited', means: 'Somebody outside has reported on the operator, and the report is in date.' },
  },
  legend: 'What the words mean',
  states: {
    'holds': { name: 'Holds now', means: 'Every promise that answers it is kept at this moment.' },
    'failing': { name: 'Leans on a failing check', means: 'A promise that answers it is not being kept.' },
    'unseen': {
      name: 'Answered, not seen',
      means: 'Promises answer it, and of at least one there is no fresh proof on this installation.',
    },
    'people': { name: 'For people', means: 'No program can do it; it says what people have to do.' },
    'open': { name: 'Open', means: 'Nothing answers it yet, or what would is not built.' },
    'not-applicable': { name: 'Does not apply', means: 'With the reason.' },
  },
  legendOfLines: 'What stands behind a line',
  held: (holds, lines) => `${holds} of ${lines} lines hold right now.`,
  leaning: (lines) =>
    lines === 1 ? 'One line leans on a check that fails.' : `${lines} lines lean on checks that fail.`,
  advice: {
    title: 'What these pages do not say',
    says: 'They say what a program does, not that an organisation keeps a law. That depends on its people, its contracts and its business too. They are no legal advice.',
  },
  about: 'About this list',
  edition: 'Edition',
  kind: 'How anybody can have it',
  kinds: {
    'law': 'It is a law: it binds by itself.',
    'self-assessment': 'Whoever is bound answers for themselves, and signs.',
    'report': 'Only somebody outside can say it, in a report.',
  },
  bound: 'Whom it binds',
  bounds: { operator: 'whoever runs this installation', business: 'the businesses whose calls it takes' },
  applies: 'When',
  from: 'Binds since',
  notYet: (day) => `Not all of it binds yet: the last part does from ${day}.`,
  since: (day) => `All of it binds since ${day}.`,
  source: 'Where the numbers come from',
  confidences: {
    primary: 'The text itself was read.',
    secondary: 'Somebody’s account of it was read.',
    memory: 'Unverified: from memory.',
  },
  unverified: 'unverified',
  unverifiedLines: (count) => `${count} lines have a number that is unverified.`,
  report: 'Report of somebody outside',
  noReport: 'None in date. Without one, nothing here is called audited.',
  statement: 'Statement of the operator about the duties of people',
  noStatement: 'None in date. Without one, nothing here is called in force.',
  by: (issuer, from, until) => `${issuer}, ${from}, good until ${until}`,
  lines: 'The lines',
  asks: 'What it asks, in our words',
  answer: 'Answer',
  people: 'What people have to do:',
  meanwhile: 'What people can do meanwhile:',
  promise: (title, id) => `Not built yet: “${title}” (${id} of our catalogue).`,
  nothing: 'No answer yet.',
  bindsFrom: (day) => `binds from ${day}`,
  all: 'All laws and standards',
};
