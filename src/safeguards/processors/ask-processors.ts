import { iso, newId, sql, type Ctx, type Id, type Sql, type Tx } from '#base';
import { carriers } from '#adapters/carriers';
import { models } from '#adapters/models';

/** Carriers that hold something of a call and can be asked to delete it. The emulated one holds nothing. */
const askable = (await carriers()).filter(({ item }) => item.erase !== undefined).map(({ id }) => id);
/** Models at which something of a call stays for a time, although none of it can be deleted. */
const keeping = (await models()).filter(({ item }) => item.processor.keeps.length > 0).map(({ id }) => id);

/** Calls whose content ends here and has to end elsewhere; `erasure` when somebody asked for it, absent when its time was over. */
export type Asked = { readonly organisation: Id; readonly calls: readonly Id[]; readonly erasure?: Id };

/**
 * Writes down, in the transaction in which calls end here, what processors have to delete of them; `processorEraser` does
 * it. Asking for the same again changes nothing. Of models, which store nothing, it is only noted what stays, and only for
 * an erasure: by the time a call's own time is over, that is over too or soon will be. Returns how many deletions there
 * are to come. One statement however many calls.
 */
export async function askProcessors(
  { clock, random }: Pick<Ctx, 'clock' | 'random'>,
  tx: Tx,
  { organisation, calls, erasure }: Asked,
): Promise<number> {
  if (calls.length === 0) return 0;
  const now = iso(clock.now());
  const ids = calls.map(() => newId({ clock, random }));
  const asked = await tx.run(sql`
    insert into app.processor_erasures (organisation_id, id, processor, item, name, call_id, account_id, erasure_id, state,
      made_at, call_started_at, call_ended_at, due_at)
    select c.organisation_id, given.id, c.carrier, 'call', c.carrier_call_id, c.id, coalesce(c.account_id, l.account_id),
      ${erasure ?? null}::uuid, 'waiting', ${now}::timestamptz, c.started_at, coalesce(c.ended_at, ${now}::timestamptz),
      ${now}::timestamptz
    from unnest(${calls}::uuid[], ${ids}::uuid[]) given (call_id, id)
    ${eachCall(organisation)}
    join app.lines l on l.organisation_id = c.organisation_id and l.id = c.line_id
    where c.carrier = any(${askable}::text[])
    on conflict on constraint asked_once do nothing`);
  if (erasure !== undefined) await noteModels({ clock, random }, tx, { organisation, calls, erasure });
  return asked;
}

/** The call of each that is given, one by one: as a join, a planner without statistics reads all the calls there are. */
function eachCall(organisation: Id): Sql {
  return sql`
    cross join lateral (
      select * from app.calls where organisation_id = ${organisation} and id = given.call_id limit 1) c`;
}

/** A call that used up tokens and whose agent is with another model by now was with one of those that keep something. */
async function noteModels(
  senses: Pick<Ctx, 'clock' | 'random'>,
  tx: Tx,
  { organisation, calls, erasure }: Required<Asked>,
): Promise<void> {
  const now = iso(senses.clock.now());
  const pairs = calls.flatMap((call) => keeping.map((model) => ({ call, model, id: newId(senses) })));
  await tx.run(sql`
    insert into app.processor_erasures (organisation_id, id, processor, item, call_id, erasure_id, state, made_at,
      call_started_at, call_ended_at, settled_at)
    select c.organisation_id, given.id, given.model, 'words', c.id, ${erasure}::uuid, 'nothing-held', ${now}::timestamptz,
      c.started_at, coalesce(c.ended_at, ${now}::timestamptz), ${now}::timestamptz
    from unnest(${pairs.map(({ call }) => call)}::uuid[], ${pairs.map(({ id }) => id)}::uuid[],
      ${pairs.map(({ model }) => model)}::text[]) given (call_id, id, model)
    ${eachCall(organisation)}
    join app.agents a on a.organisation_id = c.organisation_id and a.id = c.agent_id
    where given.model = a.model or (a.model <> all(${keeping}::text[]) and c.input_tokens > 0)
    on conflict on constraint asked_once do nothing`);
}
