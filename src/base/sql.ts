/** A statement with its values apart. Only the `sql` tag makes one, so values never become SQL text. */
export class Sql {
  readonly parts: readonly string[];
  readonly values: readonly unknown[];
  constructor(parts: readonly string[], values: readonly unknown[]) {
    this.parts = parts;
    this.values = values;
  }
  /** As PostgreSQL's extended protocol wants it: `$1`, `$2`, … and the values in order. */
  get text(): string {
    return this.parts.reduce((text, part, at) => `${text}$${at}${part}`);
  }
}

/** SQL as written: `sql\`select id from app.calls where id = ${id}\``. A nested Sql is spliced in, all else is a value. */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  const parts: string[] = [strings[0]!];
  const kept: unknown[] = [];
  values.forEach((value, at) => {
    const tail = strings[at + 1]!;
    if (!(value instanceof Sql)) {
      kept.push(value);
      parts.push(tail);
      return;
    }
    parts[parts.length - 1] += value.parts[0]!;
    parts.push(...value.parts.slice(1));
    parts[parts.length - 1] += tail;
    kept.push(...value.values);
  });
  return new Sql(parts, kept);
}

/**
 * Statements that touch different rows, as one that PostgreSQL answers once. Each sees what was there before all of
 * them (PostgreSQL manual §7.8.4); the answer is the last one's.
 */
export function together(first: Sql, ...more: readonly Sql[]): Sql {
  const last = more.at(-1);
  if (!last) return first;
  const before = [first, ...more.slice(0, -1)].map(
    (statement, at) => sql`${new Sql([`part_${at}`], [])} as (${statement})`,
  );
  return sql`with ${before.reduce((all, part) => sql`${all}, ${part}`)} ${last}`;
}

/**
 * Names from the database's own catalogue as part of a statement, where no value can stand: quoted, quotes doubled
 * (PostgreSQL manual §4.1.1). Never for anything that came from outside.
 */
export function identifier(...names: readonly string[]): Sql {
  return new Sql([names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.')], []);
}
