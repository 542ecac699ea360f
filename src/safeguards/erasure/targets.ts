import { sql, type KeySubject, type Tx } from '#base';
import { homes, kinds } from './belongings.ts';
import type { ErasureRef } from './erasure.ts';
import { eachKind, type Targets } from './find.ts';

/** Puts down what was found; what is there already stays. */
export async function addTargets(tx: Tx, { organisation, id }: ErasureRef, targets: Targets): Promise<void> {
  for (const { kind, ids } of eachKind(targets)) {
    await tx.run(sql`
      insert into app.erasure_targets (organisation_id, erasure_id, kind, id)
      select ${organisation}, ${id}, ${kind}, one from unnest(${ids}::uuid[]) one
      on conflict do nothing`);
  }
}

/** What was put down. */
export async function targetsOf(tx: Tx, { organisation, id }: ErasureRef): Promise<Targets> {
  const rows = await tx.rows<{ kind: keyof Targets; ids: string[] }>(sql`
    select kind, array_agg(id::text order by id) as ids from app.erasure_targets
    where organisation_id = ${organisation} and erasure_id = ${id} group by kind`);
  const found = new Map(rows.map(({ kind, ids }) => [kind, ids]));
  const of = (kind: keyof Targets) => found.get(kind) ?? [];
  return {
    recording: of('recording'),
    message: of('message'),
    lead: of('lead'),
    appointment: of('appointment'),
    call: of('call'),
    contact: of('contact'),
  };
}

/** The subjects of the keystore whose keys die with them. */
export function subjectsOf({ organisation }: ErasureRef, targets: Targets): KeySubject[] {
  return kinds.flatMap((kind) =>
    targets[kind].flatMap((id) => homes[kind].keys.map((subject) => ({ organisation, kind: subject, id }))),
  );
}
