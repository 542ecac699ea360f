import { iso, Personal, sql, together, type Sql } from '#base';
import { record } from '#safeguards/audit';
import type { Place } from '#safeguards/vault';
import { endRecording } from '#secretary/recordings';
import { turnInsert } from '#secretary/turns';
import type { CallRef } from './call-ctx.ts';
import type { Conversation, ToDo } from './conversation.ts';
import { decisionsInsert, type Decision } from './decisions.ts';
import type { Page, Usage } from './store.ts';
import { wordsOf, type Entry } from './words.ts';

/** Milliseconds that a stream token may be used after it was offered. */
export const tokenLifeMs = 60_000;

/** A step of a call: how it changed the conversation, and what it leaves to do. */
export type WrittenStep = {
  readonly before: Conversation;
  readonly after: Conversation;
  readonly todos: readonly ToDo[];
  readonly decided: readonly Decision[];
};

/**
 * Writes what a step leaves behind: transcript entries, acknowledgements, the offered socket, the end of the call; with it
 * goes `state`, the call's own row. What needs no answer is not waited for.
 */
export async function writeStep(page: Page, step: WrittenStep, state?: Sql): Promise<void> {
  const { tx } = page;
  const { before, after, todos, decided } = step;
  const { entries, known } = wordsOf(todos);
  const [first, ...more] = [
    ...newEntries(page, entries),
    ...turnsIn(page, todos),
    ...decisionsInsert(page, decided),
    ...(state ? [state] : []),
  ];
  if (first) tx.issue(together(first, ...more));
  for (const [seq, heard] of known) tx.issue(nowHeard(page, seq, heard));
  if (after.connected !== before.connected) tx.issue(offeredSocket(page, after.connected));
  await Promise.all(todos.map((todo) => writeToDo(page, todo)));
  if (todos.length > 0) tx.tell(`call:${page.ref.id}`);
}

/** What the speech model was used for in a step. */
export function usageOf(todos: readonly ToDo[]): Usage {
  const facts = todos.flatMap((todo) => (todo.do === 'keep' && todo.fact.what === 'usage' ? [todo.fact] : []));
  const sum = (what: keyof Usage) => facts.reduce((so, fact) => so + fact[what], 0);
  return { inputTokens: sum('inputTokens'), outputTokens: sum('outputTokens'), audioSeconds: sum('audioSeconds') };
}

async function writeToDo({ ctx, tx, ref }: Page, todo: ToDo): Promise<void> {
  const { organisation, id } = ref;
  const now = iso(ctx.clock.now());
  const done = { organisation, actor: 'system', object: `call:${id}` } as const;
  switch (todo.do) {
    case 'disclosed':
      tx.issue(sql`
        update app.calls set disclosed_at = ${now}
        where organisation_id = ${organisation} and id = ${id} and disclosed_at is null`);
      await record(ctx, tx, { ...done, action: 'disclosure.heard' });
      return;
    case 'model-lost':
      tx.issue(sql`
        update app.calls set model_lost_at = ${now} where organisation_id = ${organisation} and id = ${id}`);
      return;
    case 'keep':
      if (todo.fact.what === 'recorded') await endRecording(ctx, tx, { ...ref, turn: todo.stream }, todo.fact);
      return;
    case 'ended':
      tx.issue(sql`
        update app.calls set state = 'ended', ended_at = ${now}, end_reason = ${todo.reason}, next_try_at = ${now}
        where organisation_id = ${organisation} and id = ${id}`);
      await record(ctx, tx, { ...done, action: 'call.ended', details: { reason: todo.reason } });
      return;
    default:
  }
}

function turnsIn({ ctx, ref, agentId }: Page, todos: readonly ToDo[]): readonly Sql[] {
  const call = { organisation: ref.organisation, callId: ref.id, agentId, at: ctx.clock.now() };
  return todos.flatMap((todo) => {
    if (todo.do !== 'keep' || todo.fact.what !== 'turn') return [];
    return [turnInsert({ ...call, stream: todo.stream, n: todo.n, times: todo.fact.times })];
  });
}

function newEntries({ ctx, ref, seals }: Page, entries: readonly Entry[]): readonly Sql[] {
  if (entries.length === 0) return [];
  const now = iso(ctx.clock.now());
  const rows = entries.map((entry) => {
    const sealed = (column: 'meant' | 'heard') => {
      const text = entry[column];
      return text === undefined ? null : seals(entryPlace(ref, entry.seq, column), new Personal(text));
    };
    const heard = sealed('heard');
    return sql`(${ref.organisation}, ${ref.id}, ${entry.seq}, ${now}, ${entry.speaker}, ${entry.kind},
      ${sealed('meant')}, ${heard}, ${heard ? now : null})`;
  });
  const insert = sql`
    insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant, heard, heard_at)
    values ${rows.reduce((all, row) => sql`${all}, ${row}`)}`;
  return [insert];
}

function nowHeard({ ctx, ref, seals }: Page, seq: number, heard: string): Sql {
  const sealed = seals(entryPlace(ref, seq, 'heard'), new Personal(heard));
  return sql`
    update app.call_entries set heard = ${sealed}, heard_at = ${iso(ctx.clock.now())}
    where organisation_id = ${ref.organisation} and call_id = ${ref.id} and seq = ${seq}`;
}

function offeredSocket({ ctx, ref }: Page, turn: number): Sql {
  return sql`
    insert into app.stream_tokens (organisation_id, call_id, turn, expires_at)
    values (${ref.organisation}, ${ref.id}, ${turn}, ${iso(ctx.clock.now() + tokenLifeMs)})`;
}

/** Where the words of an entry stand; the row is named by call and number. */
export function entryPlace(ref: CallRef, seq: number, column: 'meant' | 'heard'): Place {
  return { table: 'call_entries', row: `${ref.id}/${seq}`, column };
}
