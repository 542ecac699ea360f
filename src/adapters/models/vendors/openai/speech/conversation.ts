import type { ToolResult, ToolUse } from '../../../model.ts';
import type { SpeechListener, SpeechLoss, SpeechPlan, SpeechReach } from '../../../speech.ts';
import { lossOf, wordOf } from './loss.ts';
import { cancel, create, functionResult, systemSays, truncate, userSays } from './messages.ts';
import { cutAnswer, giveOut, hush, itemOver, newReplies, noteWords } from './replies.ts';
import { responseBegan, responseOver, type Replies } from './replies.ts';
import type { ApiError, FunctionCall, ResponseEnd, ServerEvent, Usage } from './server-event.ts';
import { keepTranscripts, type Transcripts } from './transcripts.ts';
import { keepWatch, type Watch } from './watch.ts';
import { keepWishes, type Wishes } from './wishes.ts';

/** Until the next thing of a response that is due: its beginning, its first audio, its end. Milliseconds. */
export const responseMs = 8_000;
/** Within an answer the vendor is faster than speech; when no audio comes for so long it has stopped. Milliseconds. */
export const stallMs = 2_000;

/** What the model is told when the vendor's filter has cut its answer off: anything is better than silence. */
const afterFilter = 'Your last answer was stopped. Say that you cannot help with that, and ask what else you can do.';

/** Where a conversation's messages go, and what ends it. */
export type Way = {
  send(message: string): void;
  lose(why: SpeechLoss): void;
  /** Audio that was given to `hear` before the vendor took any, in milliseconds: it does not count it. */
  unheardMs(): number;
};

/** A session that is set up: what the vendor says goes in, what the listener must know comes out. */
export type Talk = {
  readonly tell: SpeechListener;
  readonly way: Way;
  readonly log: SpeechReach['log'];
  readonly replies: Replies;
  readonly transcripts: Transcripts;
  readonly watch: Watch;
  readonly wishes: Wishes;
  /** Calls of functions that were told, and whether their result is still due. */
  readonly calls: Map<string, 'due' | 'done'>;
  callerSpeaks: boolean;
  /** Whether the last answer was stopped by the vendor's filter. */
  wasFiltered: boolean;
};

export function newTalk(
  { clock, log }: Pick<SpeechReach, 'clock' | 'log'>,
  { instructions }: Pick<SpeechPlan, 'instructions'>,
  tell: SpeechListener,
  way: Way,
): Talk {
  return {
    tell,
    way,
    log,
    replies: newReplies(tell),
    transcripts: keepTranscripts(clock, (text) => tell.heard(text)),
    watch: keepWatch(clock, () => way.lose('too-slow')),
    // Instructions of a response take the place of the session's, so those go along.
    wishes: keepWishes((prompts) =>
      way.send(create(prompts.length > 0 ? [instructions, ...prompts].join('\n\n') : undefined)),
    ),
    calls: new Map(),
    callerSpeaks: false,
    wasFiltered: false,
  };
}

/** Takes what the vendor says, in the order it says it. */
export function take(talk: Talk, event: ServerEvent): void {
  switch (event.type) {
    case 'audio':
      if (isDue(talk, event.response)) talk.watch.expect(stallMs);
      return giveOut(talk.replies, event);
    case 'words':
      return noteWords(talk.replies, event, { text: event.text, whole: false });
    case 'all-words':
      return noteWords(talk.replies, event, { text: event.text, whole: true });
    case 'item-over':
      if (isDue(talk, event.response)) talk.watch.expect(responseMs);
      itemOver(talk.replies, event, event.isWhole);
      return event.call && callTool(talk, event.call);
    case 'response-began':
      return began(talk, event.response);
    case 'response-over':
      return over(talk, event);
    case 'result-added':
      return talk.wishes.resultAdded(event.callId);
    case 'caller-began':
      return callerBegan(talk, event.atMs);
    case 'caller-ended':
      return callerEnded(talk, event.atMs);
    case 'committed':
      talk.callerSpeaks = false;
      return talk.transcripts.committed(event.item, event.after);
    case 'transcribed':
      bill(talk, event.usage);
      return talk.transcripts.transcribed(event.item, event.text);
    case 'error':
      return failed(talk, event.error);
    default:
  }
}

/** The caller spoke over an answer after `playedMs` of it. */
export function cutOff({ replies, way }: Talk, answer: string, playedMs: number): void {
  const cut = cutAnswer(replies, answer, playedMs);
  if (!cut) return;
  if (cut.stop !== undefined) way.send(cancel(cut.stop));
  way.send(truncate(answer, cut.endMs));
}

export function giveResult(talk: Talk, callId: string, result: ToolResult): void {
  const output = JSON.stringify(result);
  const state = talk.calls.get(callId);
  if (state === 'done') return;
  if (state === 'due') {
    talk.calls.set(callId, 'done');
    talk.way.send(functionResult(callId, output));
    talk.wishes.goOnWith(callId);
  } else {
    // Asked for over a connection that was lost meanwhile: this conversation has no such call.
    talk.way.send(systemSays(`A tool that you used a moment ago has now answered: ${output}`));
    talk.wishes.goOn();
  }
  if ([...talk.calls.values()].every((one) => one === 'done')) goOn(talk);
}

export function promptFor(talk: Talk, instruction: string): void {
  talk.wishes.prompt(instruction);
  goOn(talk);
}

export function tellKeys(talk: Talk, digits: string): void {
  talk.way.send(userSays(`[The caller pressed these keys: ${digits}]`));
  talk.wishes.goOn();
  goOn(talk);
}

/** Tells what is left to tell. Nothing more follows. */
export function endTalk({ replies, transcripts, watch }: Talk): void {
  watch.rest();
  responseOver(replies);
  transcripts.end();
}

/** Nothing more is told. */
export function stopTalk({ transcripts, watch }: Talk): void {
  transcripts.stop();
  watch.rest();
}

/** Asks for a response when one is wanted and the way is free: nobody speaks. */
function goOn({ callerSpeaks, replies, wishes, watch }: Talk): void {
  if (!callerSpeaks && replies.running === undefined && wishes.ask()) watch.expect(responseMs);
}

/** Whether more of the response is due: it is being made, and the caller has not interrupted it. */
function isDue({ callerSpeaks, replies }: Talk, response: string): boolean {
  return response === replies.running?.id && !callerSpeaks;
}

function callerBegan(talk: Talk, atMs: number): void {
  talk.callerSpeaks = true;
  hush(talk.replies);
  talk.watch.rest();
  talk.tell.callerBegan(atMs + talk.way.unheardMs());
}

function callerEnded(talk: Talk, atMs: number): void {
  talk.callerSpeaks = false;
  talk.watch.expect(responseMs);
  talk.tell.callerEnded(atMs + talk.way.unheardMs());
}

function began({ callerSpeaks, replies, watch, way, wishes }: Talk, response: string): void {
  responseBegan(replies, response);
  wishes.began();
  if (!callerSpeaks) return watch.expect(responseMs);
  // It was made for a moment that has passed; after the caller's turn the vendor makes another.
  hush(replies);
  way.send(cancel(response));
  wishes.again();
}

function over(talk: Talk, end: ResponseEnd): void {
  bill(talk, end.usage);
  if (end.response !== talk.replies.running?.id) return;
  talk.watch.rest();
  responseOver(talk.replies);
  if (end.status === 'failed') return talk.way.lose((end.error && lossOf(end.error)) ?? 'failed');
  for (const call of end.calls) callTool(talk, call);
  talk.tell.rests();
  if (end.status === 'incomplete' && end.reason === 'content_filter') return filtered(talk);
  if (end.status === 'completed') talk.wasFiltered = false;
  talk.wishes.over();
  goOn(talk);
}

/** Once may be the caller's fault; twice running, the caller is better served by somebody else. */
function filtered(talk: Talk): void {
  if (talk.wasFiltered) return talk.way.lose('failed');
  talk.wasFiltered = true;
  talk.wishes.over();
  promptFor(talk, afterFilter);
}

function callTool(talk: Talk, { callId, tool, input }: FunctionCall): void {
  if (talk.calls.has(callId)) return;
  talk.calls.set(callId, 'due');
  const parsed = parseInput(input);
  if (parsed) talk.tell.asks({ callId, tool, input: parsed });
  else giveResult(talk, callId, { ok: false, why: 'input-not-json' });
}

function bill({ tell }: Talk, usage: Usage): void {
  if (usage.inputTokens > 0 || usage.outputTokens > 0 || usage.audioSeconds > 0) tell.used(usage);
}

function failed({ log, way, wishes }: Talk, error: ApiError): void {
  log('model.error', { vendor: 'openai', code: wordOf(error) });
  const why = lossOf(error);
  if (why) way.lose(why);
  else if (error.code === 'conversation_already_has_active_response') wishes.again();
}

/** What the model wants a tool to get; undefined when it wrote something else than a JSON object. */
function parseInput(text: string): ToolUse['input'] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as ToolUse['input']) : undefined;
  } catch {
    return undefined;
  }
}
