import type { FiguresWords } from './figures.ts';

export const en: FiguresWords = {
  title: 'What is done here, in numbers',
  intro:
    'Counts of all businesses on this installation together, week by week. Numbers of many, and nothing of anybody.',
  short: 'Numbers',
  weeks: {
    title: 'The last twelve months',
    week: 'Week from',
    calls: 'Calls answered',
    messages: 'Messages taken',
    appointments: 'Appointments booked',
    answered: 'Half answered within',
    tooFew: 'too few',
    none: 'No week has been counted yet.',
    sum: (calls) => `Of the weeks that could be told: about ${calls} calls answered.`,
  },
  how: {
    title: 'What these numbers cannot tell',
    says: [
      'Nothing is told of fewer than 20 things, of fewer than three businesses together, or where one of them is nearly all of it.',
      'Each number is a whole ten beside the true one; which, a secret threshold decides that every number has for itself.',
      'A week is counted once, a day after it is over, and never again. What happens now, and what is deleted later, changes nothing here.',
      'Calls of demonstrations, from one’s own browser and of the installation itself are not counted.',
    ],
  },
  live: {
    title: 'What happens here lately',
    intro: 'The last day by the hour, all businesses together. Each hour is told an hour after it is over.',
    short: 'Lately',
    hour: 'Hour from (UTC)',
    what: 'What',
    about: 'How often',
    kinds: { call: 'calls were answered', message: 'messages were taken', appointment: 'appointments were booked' },
    times: (count) => `about ${count} times`,
    none: 'In the last day too little happened in any hour to tell of it without telling of somebody.',
    says: [
      'For programs each entry has a name that is made for that one answer: two answers cannot be joined by it.',
      'There is no call, number or person behind an entry, and no hour of fewer than 20 things of three businesses.',
    ],
  },
  of: {
    title: (name) => `${name}, in numbers`,
  },
};
