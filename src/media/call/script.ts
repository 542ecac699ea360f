import type { HistoryItem } from '#adapters/models';
import type { Happening } from '../desk.ts';
import { heardPart } from './heard-part.ts';
import { limits } from './limits.ts';
import { receivedMs, type Said } from './said.ts';

/** A turn of the caller; its words may come after the answer to it. */
type CallerLine = { readonly by: 'caller'; readonly at: number; text: string | undefined; isTold: boolean };

/** An answer; its words may come after it was cut. */
type AgentLine = {
  readonly by: 'agent';
  readonly said: Said;
  text: string | undefined;
  /** All audio of its words had come when it was cut or played. */
  isComplete: boolean;
  isTold: boolean;
  end: { readonly playedMs: number; readonly isWhole: boolean; readonly at: number } | undefined;
};

type ToolLine = {
  readonly by: 'tool';
  readonly callId: string;
  readonly tool: string;
  readonly input: string;
  result: string | undefined;
};

type Line = CallerLine | AgentLine | ToolLine;

/**
 * What was said in a call, in the order of the conversation, whatever the order in which words, marks and cuts come. The
 * desk is told in that order; a model that takes over is given it as its history.
 */
export type Script = {
  readonly tell: (happening: Happening) => void;
  readonly before: readonly HistoryItem[];
  readonly lines: Line[];
  /** Lines that the desk knows all about. */
  told: number;
};

export function openScript(before: readonly HistoryItem[], tell: Script['tell']): Script {
  return { tell, before, lines: [], told: 0 };
}

/** The caller has stopped speaking; the words come with `heard`. */
export function callerTurn(script: Script, now: number): void {
  script.lines.push({ by: 'caller', at: now, text: undefined, isTold: false });
}

/** The words of the oldest turn that has none. Empty: nothing was understood. */
export function callerWords(script: Script, text: string, now: number): void {
  const turn = script.lines.find((line): line is CallerLine => line.by === 'caller' && isWaiting(line, now));
  if (turn) {
    turn.text = text;
    if (script.lines.indexOf(turn) < script.told) tellCaller(script, turn);
  } else script.lines.push({ by: 'caller', at: now, text, isTold: false });
  tellOn(script, now);
}

/** What the caller keyed, as a model may know it; the desk is told in another way. */
export function callerKeyed(script: Script, text: string, now: number): void {
  script.lines.push({ by: 'caller', at: now, text, isTold: true });
  tellOn(script, now);
}

/** Turns without words will get none: the model that was to understand them is gone. */
export function callerNotUnderstood(script: Script, now: number): void {
  for (const line of script.lines) if (line.by === 'caller') line.text ??= '';
  tellOn(script, now);
}

/** Whether it is known what the caller said last. */
export function isUnderstood({ lines }: Script): boolean {
  return !!lines.findLast((line): line is CallerLine => line.by === 'caller')?.text;
}

export function answerBegan(script: Script, said: Said): void {
  script.lines.push({ by: 'agent', said, text: undefined, isComplete: false, isTold: false, end: undefined });
}

/** What an answer says. Not whole: its audio broke off, and the words may be ahead of it. */
export function answerWords(
  script: Script,
  said: Said,
  { text, isWhole }: { readonly text: string; readonly isWhole: boolean },
  now: number,
): void {
  const line = agentLine(script, said);
  if (!line || line.text !== undefined) return;
  line.text = text;
  line.isComplete = isWhole && line.end === undefined;
  tellOn(script, now);
}

/** An answer has been played to its end or is over after a part of it. */
export function answerOver(script: Script, said: Said, end: { playedMs: number; isWhole: boolean }, now: number): void {
  const line = agentLine(script, said);
  if (!line || line.end) return;
  line.end = { ...end, at: now };
  tellOn(script, now);
}

export function toolAsked(script: Script, asked: { callId: string; tool: string; input: string }): void {
  script.lines.push({ by: 'tool', ...asked, result: undefined });
}

/** Returns whether that tool was asked for and had no result. */
export function toolAnswered(script: Script, callId: string, result: string): boolean {
  const line = script.lines.findLast((one): one is ToolLine => one.by === 'tool' && one.callId === callId);
  if (!line || line.result !== undefined) return false;
  line.result = result;
  return true;
}

/** What a model must know that takes over: the last hundred things said, as far as they were heard, and done. */
export function historyOf(script: Script): readonly HistoryItem[] {
  return [...script.before, ...script.lines.flatMap(asHistory)].slice(-limits.historyItems);
}

/** Tells what is due by now: words that are waited for are not waited for for ever. */
export function tellOn(script: Script, now: number): void {
  while (script.told < script.lines.length && tellLine(script, script.lines[script.told]!, now)) script.told += 1;
  const surplus = Math.min(script.told, script.lines.length - limits.historyItems);
  if (surplus <= 0) return;
  script.lines.splice(0, surplus);
  script.told -= surplus;
}

/** Tells what is known and waits for nothing more. */
export function tellAll(script: Script): void {
  for (const line of script.lines) {
    if (line.by === 'agent') line.end ??= { playedMs: line.said.playedMs, isWhole: false, at: 0 };
  }
  tellOn(script, Number.POSITIVE_INFINITY);
}

/** Words that come later than this belong to another turn. */
function isWaiting({ text, at }: CallerLine, now: number): boolean {
  return text === undefined && now - at < limits.wordsMs;
}

/** How much of an answer was heard; all of it while nothing says otherwise. */
function heardOf({ said, text = '', isComplete, end }: AgentLine): string {
  if (!end || (end.isWhole && isComplete)) return text;
  return heardPart(text, { playedMs: end.playedMs, ms: receivedMs(said), isAll: isComplete });
}

/** True when there is nothing more to tell of the line. */
function tellLine(script: Script, line: Line, now: number): boolean {
  if (line.by === 'tool') return true;
  if (line.by === 'agent') return tellAgent(script, line, now);
  if (line.text !== undefined) tellCaller(script, line);
  return line.text !== undefined || now - line.at >= limits.heardMs;
}

function tellCaller(script: Script, line: CallerLine): void {
  if (!line.isTold && line.text) script.tell({ type: 'heard', text: line.text });
  line.isTold = true;
}

function tellAgent(script: Script, line: AgentLine, now: number): boolean {
  const { end } = line;
  if (line.text === undefined) {
    if (!end || now - end.at < limits.cutWordsMs) return false;
    // Nobody knows what was said, so nothing of it counts as heard.
    if (!end.isWhole) script.tell({ type: 'interrupted', heard: '' });
    line.text = '';
    return true;
  }
  if (line.text === '') return end !== undefined;
  if (!line.isTold) script.tell({ type: 'spoke', text: line.text });
  line.isTold = true;
  if (!end) return false;
  const heard = heardOf(line);
  script.tell(end.isWhole && heard === line.text ? { type: 'played', text: heard } : { type: 'interrupted', heard });
  return true;
}

function asHistory(line: Line): readonly HistoryItem[] {
  if (line.by === 'tool') {
    const { callId, tool, input, result } = line;
    return result === undefined ? [] : [{ by: 'tool', callId, tool, input, result }];
  }
  const text = line.by === 'agent' ? heardOf(line) : (line.text ?? '');
  return text.trim() === '' ? [] : [{ by: line.by, text }];
}

/** What an answer says, as far as that is known. */
export function wordsOf(script: Script, said: Said): string | undefined {
  return agentLine(script, said)?.text;
}

function agentLine(script: Script, said: Said): AgentLine | undefined {
  return script.lines.findLast((line): line is AgentLine => line.by === 'agent' && line.said === said);
}
