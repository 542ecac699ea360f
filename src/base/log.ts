import { isId } from './random.ts';

/** What happened, as a fixed word. A new event is one line here; free text has no way in. */
export const logEvents = [
  'audit-log.contradicted',
  'board.listening',
  'board.lost',
  'boot.database-adopted',
  'boot.database-started',
  'boot.migrated',
  'boot.proved',
  'boot.ready',
  'boot.refused',
  'boot.self-tested',
  'call.ended',
  'call.recovered',
  'call.ringing',
  'call.watchdog',
  'claim.failing',
  'claim.proven',
  'clock.believed',
  'clock.doubted',
  'database.role-mended',
  'egress.refused',
  'egress.sent',
  'error.internal',
  'limit.failed',
  'line.adopted',
  'line.ended',
  'line.full',
  'line.link-lost',
  'line.orphaned',
  'line.started',
  'line.stopped',
  'mail.given-up',
  'mail.kept',
  'mail.postponed',
  'mail.sent',
  'model.error',
  'processor.asked',
  'processor.cannot-ask',
  'processor.confirmed',
  'processor.given-up',
  'processor.held',
  'processor.waiting',
  'reconciler.failed',
  'reconciler.ran',
  'recording.damaged',
  'recording.stopped',
  'request.answered',
  'request.refused',
  'shutdown.done',
  'shutdown.started',
  'socket.closed',
  'socket.handed-over',
  'socket.opened',
  'socket.refused',
  'tls.refused',
  'tls.renewed',
] as const;

export type LogEvent = (typeof logEvents)[number];

/** Ids, fixed words, numbers and truth values. A string that is neither an id nor a word is not written. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export type Log = (event: LogEvent, fields?: LogFields) => void;

const wordShape = /^[a-z][a-z0-9]*([-./_][a-z0-9]+)*$/i;

/** Keeps ids and words; a phone number, a name with spaces or an address becomes `[refused]`. */
export function loggable(value: string | number | boolean): string | number | boolean {
  if (typeof value !== 'string') return value;
  const isWord = value.length <= 80 && wordShape.test(value) && !/\d{7}/.test(value);
  return isId(value) || isWord ? value : '[refused]';
}

/** One JSON line an event on the given stream; the time comes from the clock. */
export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (event, fields = {}) => {
    const kept: Record<string, string | number | boolean> = {};
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) kept[name] = loggable(value);
    }
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), event, ...kept })}\n`);
  };
}

/** What may be said of an error in the log: its kind and, for ours, its code; never its message. */
export function errorWords(error: unknown): LogFields {
  const known = error as { name?: unknown; code?: unknown; stack?: unknown } | undefined;
  const frame =
    typeof known?.stack === 'string'
      ? /\/((?:src|node_modules)\/[\w@./-]+\.[cm]?[jt]s)/.exec(known.stack)?.[1]
      : undefined;
  return {
    kind: typeof known?.name === 'string' ? known.name : 'unknown',
    code: typeof known?.code === 'string' ? known.code : 'none',
    where: frame ?? 'unknown',
  };
}
