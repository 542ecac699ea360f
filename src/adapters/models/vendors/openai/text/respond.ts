import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { outside, Outside, pause, type HttpResponse, type OutsideKind } from '#base';
import type { ModelReach } from '../../../model.ts';
import type { ModelAccess } from '../../../speech.ts';
import { authorization, originOf, processorFor } from '../api.ts';
import { isFields } from '../fields.ts';
import { lossOf, wordOf } from '../speech/loss.ts';
import { strictly } from './strict-schema.ts';

/** A message of a conversation. `developer` stands for us: what the model must know and nobody said. */
export type Message = { readonly role: 'user' | 'assistant' | 'developer'; readonly content: string };

/** What is asked of the model. The answer is JSON of the given schema. */
export type Question<Schema extends TSchema> = {
  readonly name: string;
  readonly schema: Schema;
  readonly instructions: string;
  readonly input: readonly Message[];
  /** For both tries together, in milliseconds. */
  readonly withinMs: number;
};

/** Longest answer in tokens; a model that thinks first needs most of them for that. */
const mostTokens = 4_096;
const beforeRetryMs = 250;

/**
 * Asks the Responses API (`POST /v1/responses`) and returns what the schema promises. Nothing is stored at the vendor
 * (CRY-07). Tried once more when the vendor was busy or did not answer and there is time. Throws `Outside`: `refused`
 * for a key, quota, question or answer that will not get better, else `busy` or `unreachable`.
 */
export async function respond<Schema extends TSchema>(
  reach: ModelReach,
  question: Question<Schema>,
): Promise<Static<Schema>> {
  const { access, clock } = reach;
  if (!access) throw outside('openai', 'refused');
  const untilMs = clock.now() + question.withinMs;
  try {
    // The second try gets what is left, so the first may not use all of it up.
    return await askOnce(reach, access, question, question.withinMs * 0.6);
  } catch (error) {
    const leftMs = untilMs - clock.now() - beforeRetryMs;
    if (!(error instanceof Outside) || error.kind === 'refused' || leftMs <= 0) throw error;
    await pause(clock, beforeRetryMs);
    return askOnce(reach, access, question, leftMs);
  }
}

async function askOnce<Schema extends TSchema>(
  reach: ModelReach,
  access: ModelAccess,
  { name, schema, instructions, input }: Question<Schema>,
  withinMs: number,
): Promise<Static<Schema>> {
  const { config, http } = reach;
  const format = { type: 'json_schema', name, schema: strictly(schema), strict: true };
  const response = await http(processorFor(config), {
    method: 'POST',
    url: `${originOf(config, access)}/v1/responses`,
    headers: { ...authorization(access), 'content-type': 'application/json' },
    body: JSON.stringify({
      model: config.openaiTextModel,
      instructions,
      input,
      text: { format },
      max_output_tokens: mostTokens,
      store: false,
    }),
    withinMs: Math.ceil(withinMs),
  });
  const body = parsed(response.body.toString('utf8'));
  if (response.status !== 200) throw failure(reach, httpKind(response), body);
  const answer = parsed(textOf(reach, body));
  if (!Check(schema, answer)) throw failure(reach, 'refused', body);
  return answer;
}

/** The text of a response that is complete and no refusal. */
function textOf(reach: ModelReach, body: unknown): string {
  if (!isFields(body) || body['status'] !== 'completed') throw failure(reach, bodyKind(body), body);
  const output = Array.isArray(body['output']) ? body['output'].filter(isFields) : [];
  const parts = output.flatMap((item) =>
    item['type'] === 'message' && Array.isArray(item['content']) ? item['content'] : [],
  );
  if (!parts.every(isText)) throw failure(reach, 'refused', body);
  return parts.map(({ text }) => text).join('');
}

/** The other kind of part is a refusal. */
function isText(part: unknown): part is { readonly text: string } {
  return isFields(part) && part['type'] === 'output_text' && typeof part['text'] === 'string';
}

function httpKind({ status }: HttpResponse): OutsideKind {
  return status === 408 || status === 429 || status >= 500 ? 'busy' : 'refused';
}

/** A response that failed for a reason of the vendor's own may come out well the next time. */
function bodyKind(body: unknown): OutsideKind {
  const error = errorOf(body);
  return error?.code === 'server_error' || error?.code === 'rate_limit_exceeded' ? 'busy' : 'refused';
}

/** An empty account answers 429 as a busy one does, and will do so the next time. */
function failure({ log }: ModelReach, kind: OutsideKind, body: unknown): Outside {
  const error = errorOf(body) ?? { code: '', type: '' };
  log('model.error', { vendor: 'openai', code: wordOf(error) });
  const isOutOfQuota = lossOf(error) === 'quota' && error.code !== 'rate_limit_exceeded';
  return outside('openai', isOutOfQuota ? 'refused' : kind);
}

function errorOf(body: unknown): { readonly code: string; readonly type: string } | undefined {
  const error = isFields(body) ? body['error'] : undefined;
  return isFields(error) ? { code: word(error['code']), type: word(error['type']) } : undefined;
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
