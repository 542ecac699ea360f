import { problem, problems, type Clock, type ProblemCode } from '#base';
import type { Joining, LinePlan, ToDesk, ToLine } from '../desk.ts';

/** Questions of a line that wait for the desk. */
export type Asks = {
  /** Resolves to the plan of a call. Rejects with the desk's problem, and `not-running` without an answer. */
  ask(joining: Joining): Promise<LinePlan>;
  answered(answer: Extract<ToLine, { answer: number }>): void;
  /** The desk is gone: nothing will be answered. */
  lost(): void;
};

const withinMs = 5_000;

type Waiting = { resolve(plan: LinePlan): void; reject(error: Error): void };

type AsksOptions = {
  readonly send: (json: string) => boolean;
  /** Called with a plan that nobody waits for any more: the desk believes that the call is carried. */
  readonly late: (plan: LinePlan) => void;
};

/** Asks the desk, which has 5 s to answer. */
export function openAsks({ clock }: { readonly clock: Clock }, { send, late }: AsksOptions): Asks {
  const waiting = new Map<number, Waiting>();
  const state = { last: 0 };
  const away = () => problem('not-running', 'The process with the database does not answer.');
  return {
    ask(joining) {
      const number = (state.last += 1);
      const { promise, resolve, reject } = Promise.withResolvers<LinePlan>();
      const stop = clock.after(withinMs, () => reject(away()));
      waiting.set(number, { resolve, reject });
      if (!send(JSON.stringify({ ask: number, join: joining } satisfies ToDesk))) reject(away());
      return promise.finally(() => {
        stop();
        waiting.delete(number);
      });
    },
    answered(message) {
      const one = waiting.get(message.answer);
      if ('plan' in message) (one?.resolve ?? late)(message.plan);
      else one?.reject(problem(codeOf(message.refused), 'The desk does not let this stream in.'));
    },
    lost: () => waiting.forEach(({ reject }) => reject(away())),
  };
}

/** Codes are ours on both ends; another version's code is not known here. */
function codeOf(word: string): ProblemCode {
  const known = Object.keys(problems).find((code): code is ProblemCode => code === word);
  return known ?? 'internal';
}
