import type { ControlWords } from './controls.ts';

export const en: ControlWords = {
  title: 'Control inventory',
  short: 'Controls',
  intro:
    'What this program does to keep what it promises: for each control the checks that show it, when they last looked, the code that keeps it, and the lines of laws and standards that rest on it.',
  computed: (at) => `Computed from the evidence at ${at}.`,
  contents: 'Controls by subject',
  evidence: 'Last look',
  neverLooked: 'Not looked at yet.',
  looked: (count) => `${count} checked`,
  every: 'Every',
  keptBy: 'Kept by',
  frameworks: 'Laws and standards that rest on it',
  noFramework: 'None in the lists here.',
  planned: { title: 'Not built yet', says: 'Known promises that nothing keeps yet. They count for nothing.' },
};
