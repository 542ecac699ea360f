import type { TextModel } from '../../model.ts';
import { processor, processorFor } from './api.ts';
import { checkKey } from './check.ts';
import { openSession } from './speech/session.ts';
import { voices } from './speech/voices.ts';
import { debriefOf } from './text/debrief.ts';
import { takeTurn } from './text/turn.ts';

/**
 * OpenAI. Speech through the Realtime API, text and summaries through the Responses API; both are told to keep nothing
 * (tracing off, storage off). The key is the organisation's own; the models are settings.
 */
export default {
  processor,
  processorFor,
  speech: {
    // The vendor's limit is 60 minutes; the next session is opened while this one still answers.
    sessionMs: 55 * 60_000,
    open: openSession,
    voices,
  },
  check: checkKey,
  turn: takeTurn,
  debrief: debriefOf,
} satisfies TextModel;
