import type { Static, TSchema } from 'typebox';
import type { Ctx, Id, Personal, Tx } from '#base';
import type { Json } from '#adapters/models';
import type { Purpose } from '#safeguards/retention';

/** The call a tool runs in: who is on the line, as far as the carrier vouches for it. No words of the caller get in here. */
export type ToolCall = {
  readonly organisation: Id;
  readonly callId: Id;
  readonly agentId: Id;
  readonly contactId: Id | undefined;
  /** E.164; undefined when withheld. */
  readonly callerNumber: Personal | undefined;
};

/** What a tool can reach besides the transaction: no network, no other connection, no settings. */
export type ToolCtx = Pick<Ctx, 'clock' | 'random' | 'keys'>;

/** What a tool answers; a model puts it into words. */
export type ToolValue = { readonly [key: string]: Json };

/**
 * One thing a model may do in a call. The file's name is the tool's name; `describe` and `input` are shown to the model.
 * `run` serves the caller of `call` alone: whose data is touched never follows from `input`.
 * It throws `refuse(word)` for what can be put into a sentence, anything else when it is broken;
 * either way its writes are undone. With a `purpose` it is offered, and runs, only where the business has agreed to that.
 */
export type Tool<Input extends TSchema = TSchema> = {
  readonly describe: string;
  readonly purpose?: Purpose;
  readonly input: Input;
  run(ctx: ToolCtx, tx: Tx, call: ToolCall, input: Static<Input>): Promise<ToolValue>;
};

/** A tool that the call itself carries out, because it changes what happens on the line. */
export type ControlTool = { readonly describe: string; readonly input: TSchema; readonly control: true };

/** The tools that secretary/calls carries out; `runTool` does not. */
export const controlTools = ['transfer', 'end-call', 'press-keys'] as const;

/** Those of them that an agent has only when its business names them. */
export const optionalTools: readonly (typeof controlTools)[number][] = ['press-keys'];

/** Gives a tool's `run` the type of its own schema. */
export function tool<Input extends TSchema>(item: Tool<Input>): Tool<Input> {
  return item;
}
