import { newId, problem, sql, type Ctx, type Id, type Mistake, type Tx } from '#base';
import { record, type Actor } from '#safeguards/audit';
import type { By } from './by.ts';

export type OrganisationKind = 'customer' | 'demo' | 'canary' | 'instance';

export type Organisation = {
  readonly id: Id;
  readonly kind: OrganisationKind;
  readonly name: string;
  /** IANA time zone. */
  readonly timeZone: string;
  /** BCP 47 language tag. */
  readonly language: string;
  /** ISO 3166 country or subdivision; decides the disclosure. */
  readonly region: string;
};

/**
 * Makes an organisation. With an `id` that exists nothing changes, so a start or a set-up can be repeated.
 * `input-invalid` for a time zone, language or region that does not exist in form.
 */
export async function makeOrganisation(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>,
  given: Omit<Organisation, 'id'> & { readonly id?: Id; readonly by?: Actor },
): Promise<Id> {
  const { kind, name, timeZone, language, region, by = 'system' } = given;
  refuseMistakes(given);
  const id = given.id ?? newId(ctx);
  await ctx.db.tenant(id, async (tx) => {
    const made = await tx.run(sql`
      insert into app.organisations (id, kind, name, time_zone, language, region, created_at)
      values (${id}, ${kind}, ${name}, ${timeZone}, ${language}, ${region}, ${new Date(ctx.clock.now())})
      on conflict (id) do nothing`);
    if (made === 0) return;
    await record(ctx, tx, {
      organisation: id,
      actor: by,
      action: 'organisation.made',
      object: `organisation:${id}`,
      details: { kind },
    });
  });
  return id;
}

/** Changes what the business says of itself; leaves an audit entry only when something did change. Same refusals. */
export async function changeOrganisation(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  given: Omit<Organisation, 'kind'> & By,
): Promise<void> {
  const { id, name, timeZone, language, region, by = 'system', sender } = given;
  refuseMistakes(given);
  const changed = await tx.run(sql`
    update app.organisations set name = ${name}, time_zone = ${timeZone}, language = ${language}, region = ${region}
    where id = ${id} and (name, time_zone, language, region) is distinct from (${name}, ${timeZone}, ${language}, ${region})`);
  if (changed === 0) return;
  await record(ctx, tx, {
    organisation: id,
    actor: by,
    action: 'organisation.changed',
    object: `organisation:${id}`,
    details: sender,
  });
}

/** The organisation of this transaction; `hold` keeps others from changing it until then. `not-found` when there is none of that id in it. */
export async function organisation(tx: Tx, id: Id, { hold = false } = {}): Promise<Organisation> {
  const row = await tx.maybe<Organisation>(sql`
    select id, kind, name, time_zone as "timeZone", language, region from app.organisations
    where id = ${id} ${hold ? sql`for no key update` : sql``}`);
  if (!row) throw problem('not-found', 'There is no such organisation.');
  return row;
}

function refuseMistakes(given: Pick<Organisation, 'timeZone' | 'language' | 'region'>): void {
  const mistakes = organisationMistakes(given);
  if (mistakes.length > 0) throw problem('input-invalid', 'The organisation has mistakes.', { mistakes });
}

/** What is wrong with what an organisation says of itself, below `at`. */
export function organisationMistakes(
  { timeZone, language, region }: Pick<Organisation, 'timeZone' | 'language' | 'region'>,
  at = '',
): Mistake[] {
  const checks: (Mistake & { readonly good: boolean })[] = [
    { at: '/timeZone', fix: 'must be an IANA time zone such as America/New_York', good: isTimeZone(timeZone) },
    { at: '/language', fix: 'must be a language tag such as en-US', good: isLanguage(language) },
    {
      at: '/region',
      fix: 'must be a country or subdivision such as US or US-CA',
      good: /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(region),
    },
  ];
  return checks.filter(({ good }) => !good).map(({ at: where, fix }) => ({ at: at + where, fix }));
}

function isTimeZone(text: string): boolean {
  return succeeds(() => new Intl.DateTimeFormat('en', { timeZone: text }));
}

function isLanguage(text: string): boolean {
  return succeeds(() => Intl.getCanonicalLocales(text));
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
