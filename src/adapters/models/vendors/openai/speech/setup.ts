import type { SpeechPlan } from '../../../speech.ts';
import { usualVoice } from './voices.ts';

/**
 * Names and terms that are sent to be recognised. How many the vendor takes is nowhere said; a business has few.
 */
const mostTerms = 100;

/**
 * Longest answer in tokens, tool calls included: well over a minute of speech. Without it a model that loses itself
 * would talk on and be billed for it.
 */
const mostTokens = 2_048;

/** By whom a caller is transcribed; runs beside the speech model and is billed apart. */
const transcriptionModel = 'gpt-live-transcribe';

/**
 * The session as it must be, as the first client event. `withExtras` adds what not every model takes (npm openai 7.55.0
 * says so of both): how long it thinks, and that it calls one function at a time. Tracing is off in either case:
 * otherwise the vendor keeps what is said (CRY-07).
 */
export function setUp(plan: SpeechPlan, { withExtras }: { readonly withExtras: boolean }): string {
  return JSON.stringify({
    type: 'session.update',
    event_id: 'setup',
    session: {
      type: 'realtime',
      instructions: plan.instructions,
      output_modalities: ['audio'],
      audio: { input: input(plan), output: { format: { type: 'audio/pcmu' }, voice: plan.voice ?? usualVoice } },
      tools: plan.tools.map((tool) => ({
        type: 'function',
        name: tool.name,
        description: tool.describe,
        parameters: tool.input,
      })),
      tool_choice: 'auto',
      max_output_tokens: mostTokens,
      truncation: { type: 'retention_ratio', retention_ratio: 0.8 },
      tracing: null,
      ...(withExtras && { reasoning: { effort: 'low' }, parallel_tool_calls: false }),
    },
  });
}

/** µ-law as it comes from the telephone: nothing is transcoded on the way. */
function input(plan: SpeechPlan): object {
  return {
    format: { type: 'audio/pcmu' },
    noise_reduction: { type: 'near_field' },
    transcription: {
      model: transcriptionModel,
      // ISO 639-1, the first part of a BCP 47 tag.
      language: plan.language.split('-')[0]!.toLowerCase(),
      ...(plan.terms.length > 0 && { keywords: plan.terms.slice(0, mostTerms) }),
    },
    turn_detection: { type: 'semantic_vad', eagerness: 'auto', create_response: true, interrupt_response: true },
  };
}
