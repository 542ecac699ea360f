import { join } from 'node:path';
import { loadCatalogue } from '#base';
import type { TextModel, Turn } from '../../model.ts';
import { debriefOf } from './debrief.ts';
import type { Language } from './language.ts';
import { react } from './react.ts';
import type { Cast, Skill } from './scene.ts';

const cast: Cast = {
  languages: await loadCatalogue<Language>(join(import.meta.dirname, 'languages')),
  skills: await loadCatalogue<Skill>(join(import.meta.dirname, 'skills')),
};

/**
 * The scripted receptionist: no key, no network, the same words for the same call. It speaks when no model is
 * connected, and goes on when one is lost.
 */
export default {
  processor: {
    name: 'Scripted receptionist',
    purpose: 'Answers calls by fixed rules, on this machine',
    data: [],
    region: 'this machine',
    hosts: [],
    keeps: [],
  },
  turn: async (turn: Turn) => react(cast, turn),
  debrief: async (ended: Pick<Turn, 'state' | 'briefing' | 'now'>) => debriefOf(cast, ended),
} satisfies TextModel;
