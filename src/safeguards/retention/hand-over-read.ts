import { problem, sql, type Problem, type Sql } from '#base';
import type { Keeping } from './keeping.ts';
import type { InTime } from './kept-until.ts';

/** For the columns of a read: whether a row's words, names and number are over because it was handed over. */
export function isForgotten(time: InTime, handedOverAt: Sql = sql`handed_over_at`): Sql {
  return sql`not ${time.where('handOver', handedOverAt)} as "isForgotten"`;
}

/** Until when (milliseconds) something that was handed over then is kept; null where that ends nothing sooner. */
export function keptAfterHandOver(handedOverAt: number | null, { afterHandOver, goneTo }: Keeping): number | null {
  if (handedOverAt === null) return null;
  if (handedOverAt <= goneTo.handOver) return handedOverAt;
  return afterHandOver === null ? null : handedOverAt + afterHandOver;
}

/** For whoever asks for the whole of a number of which only the last figures are left. */
export function numberMasked(): Problem {
  return problem('number-masked', 'The call was handed over; the whole number is where it was handed over to.');
}
