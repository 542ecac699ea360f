import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { guarded } from './failures.ts';
import type { Row } from './rows.ts';

/** A statement that reads one row, prepared once. */
export function reading(db: DatabaseSync, sql: string) {
  const statement = db.prepare(sql);
  return (...values: SQLInputValue[]) => guarded(() => statement.get(...values) as Row | undefined);
}

/** A statement that reads every row. */
export function listing(db: DatabaseSync, sql: string) {
  const statement = db.prepare(sql);
  return (...values: SQLInputValue[]) => guarded(() => statement.all(...values) as Row[]);
}

/** A statement that writes; it answers how many rows it changed. */
export function writing(db: DatabaseSync, sql: string) {
  const statement = db.prepare(sql);
  return (...values: SQLInputValue[]) => guarded(() => Number(statement.run(...values).changes));
}
