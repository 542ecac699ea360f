import { iso, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import type { Fault, Reach } from './claim.ts';
import { loadFrameworks } from './framework.ts';

/** A framework as the published list tells it, as far as the list is what it should be. */
export type Told = {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly ToldLine[];
};

type ToldLine = {
  readonly id: string;
  readonly state: string;
  readonly binds: boolean;
  readonly duty: boolean;
  readonly claims: readonly { readonly id: string; readonly status: string }[];
};

type Fields = Readonly<Record<string, unknown>>;

/** Reads the list; what it does not say counts as nothing. */
export function toldFrameworks(items: readonly Fields[]): readonly Told[] {
  return items.map((item) => ({
    id: String(item['id']),
    status: String(item['status']),
    lines: listOf(item['lines']).map((line) => ({
      id: String(line['id']),
      state: String(line['state']),
      binds: line['binds'] === true,
      duty: line['duty'] !== null,
      claims: listOf(line['claims']).map((claim) => ({ id: String(claim['id']), status: String(claim['status']) })),
    })),
  }));
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as Fields[]) : [];
}

type Published = { readonly told: readonly Told[]; readonly page: string; readonly at: string };

/** Where the list or the page says more than tables and documents do; it looks at those itself. */
export async function untrueOf(reach: Reach, { told, page, at }: Published): Promise<Fault[]> {
  const [documents, evidence] = await Promise.all([documentsInDate(reach), unkeptClaims(reach, at)]);
  const reports = new Map((await loadFrameworks()).map(({ id, item }) => [id, item.report]));
  const missing = [...reports.keys()].filter((id) => !told.some((one) => one.id === id));
  const faults = missing.map((id) => ({ what: 'is not in the published list', where: id }));
  for (const framework of told) {
    const { id } = framework;
    const isAbout = { report: reports.get(id), documents };
    faults.push(...whatIsWrong(framework, isAbout).map((what) => ({ what, where: id })));
    faults.push(...linesThatLie(framework, evidence));
    if (!pageSays(page, framework)) faults.push({ what: 'stands otherwise on the page than in the list', where: id });
  }
  return faults;
}

type Documents = readonly { readonly kind: string; readonly about: string | null }[];

async function documentsInDate({ look, clock }: Reach): Promise<Documents> {
  const today = iso(clock.now()).slice(0, 10);
  return look.rows<{ kind: string; about: string | null }>(sql`
    select kind, about from app.attestations
    where organisation_id = ${instanceId} and removed_at is null
      and issued_on <= ${today}::date and until_on >= ${today}::date`);
}

/** A look that ended shortly before the page was made may be in it or not. */
const unclearMs = 60_000;

/**
 * Claims whose newest evidence, as it was when the page was made, is anything but kept: neither that which is in it for
 * certain, nor any that came shortly before and may be in it.
 */
async function unkeptClaims({ look }: Reach, at: string): Promise<ReadonlySet<string>> {
  const made = Number.isNaN(Date.parse(at)) ? 0 : Date.parse(at);
  const clear = iso(Math.max(0, made - unclearMs));
  const rows = await look.rows<{ claim: string; status: string }>(sql`
    with looks as not materialized (
      select claim, status, at, id, at + took_ms * interval '1 ms' as ended from app.evidence
      where organisation_id = ${instanceId} and at + took_ms * interval '1 ms' <= ${iso(made)}
    ), certain as (
      select distinct on (claim) claim, status from looks where ended <= ${clear} order by claim, at desc, id desc
    )
    select claim, status from certain union all select claim, status from looks where ended > ${clear}`);
  const excused = new Set(rows.filter(({ status }) => kept.has(status)).map(({ claim }) => claim));
  return new Set(rows.map(({ claim }) => claim).filter((claim) => !excused.has(claim)));
}

const kept: ReadonlySet<string> = new Set(['proven', 'in-force', 'attested']);

type About = { readonly report: string | undefined; readonly documents: Documents };

function whatIsWrong({ id, status, lines }: Told, { report, documents }: About): readonly string[] {
  if (status === 'audited') {
    const isBacked = documents.some(({ kind, about }) => kind === report && about === null);
    return isBacked ? [] : ['is called audited without a report in date'];
  }
  if (status === 'documented')
    return lines.some(({ state }) => state === 'open') ? ['is called documented with open lines'] : [];
  if (status !== 'in-force') return [];
  const isVouched = documents.some(({ kind, about }) => kind === 'operator-statement' && about === id);
  const isLeft = (line: ToldLine) =>
    line.state !== 'not-applicable' &&
    (!line.binds || (line.duty && !isVouched) || line.claims.some((claim) => !kept.has(claim.status)));
  return lines.some((line) => isLeft(line) || line.state === 'open') ? ['is called in force, and is not'] : [];
}

/** Lines that call a claim kept which is not, or hold on a claim that is not called kept. */
function linesThatLie({ id, lines }: Told, unkept: ReadonlySet<string>): readonly Fault[] {
  return lines.flatMap((line) => {
    const where = `${id} ${line.id}`;
    const lying = line.claims.filter((claim) => kept.has(claim.status) && unkept.has(claim.id));
    const faults = lying.map((claim) => ({ what: `calls ${claim.id} kept, which its evidence does not`, where }));
    const holds = line.state !== 'holds' || line.claims.every((claim) => kept.has(claim.status));
    return holds ? faults : [...faults, { what: 'is said to hold on what is not kept', where }];
  });
}

/** The signs of the page that are green: those two are given for nothing else. */
const green: Readonly<Record<string, string>> = { 'in-force': 'in-force', 'attested': 'audited' };

function pageSays(page: string, { id, status }: Told): boolean {
  const sign = new RegExp(`<li id="${id}" class="([a-z-]+)">`).exec(page)?.[1];
  return (
    sign !== undefined && (green[sign] === undefined ? !Object.values(green).includes(status) : green[sign] === status)
  );
}
