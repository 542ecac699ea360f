import { isId, Personal, problem, type Id } from '#base';
import { organisation as loadOrganisation, type Organisation } from '#safeguards/accounts';
import {
  certificateOf,
  certificateSigner,
  erasureOf,
  type Asked,
  type Certificate,
  type Erasure,
  type What,
} from '#safeguards/erasure';
import { allOrganisations } from '#safeguards/retention';
import { e164 } from '#secretary/contacts';
import type { Senses } from '../senses.ts';
import { objectsNow } from '../held.ts';
import { eraseCtxOf } from './ctx.ts';
import { eraseNow } from './erase-now.ts';

/** What whoever runs the installation asks for at its machine: exactly one of these. */
export type AskedByHand = {
  readonly phone?: string | undefined;
  readonly call?: string | undefined;
  /** The organisation that is to be erased itself. */
  readonly organisation?: string | undefined;
  /** The organisation of the call or the person; the only one there is where none is named. */
  readonly within?: string | undefined;
};

export type ErasedByHand = {
  readonly erasure: Erasure;
  readonly salt?: string;
  readonly certificate: Certificate | undefined;
  /** What the certificate verifies with. */
  readonly vkey: string;
};

/** Erases at the machine of the installation, whether it is serving or not. Throws `usage`, `not-found`. */
export async function eraseByHand(senses: Senses, asked: AskedByHand): Promise<ErasedByHand> {
  const { ctx, jobs, register } = senses;
  const within = asked.organisation ?? asked.within;
  const organisation = await organisationFor(senses, within);
  const what = whatOf(asked, organisation);
  const erasing = eraseCtxOf({
    ...ctx,
    db: jobs,
    objects: await objectsNow(ctx, register),
  });
  const done = await eraseNow(erasing, { organisation: organisation.id, what, by: 'command:erase' });
  return withCertificate(senses, done);
}

/** The certificate of an erasure that was asked for before, as it stands now. Throws `not-found`. */
export async function certificateByHand(senses: Senses, id: string, within?: string): Promise<ErasedByHand> {
  // One that is named may have been erased itself: its certificate stays.
  const organisations = within === undefined ? (await businesses(senses)).map((one) => one.id) : [within].filter(isId);
  for (const organisation of isId(id) ? organisations : []) {
    const erasure = await senses.ctx.db.tenant(organisation, (tx) => erasureOf(tx, { organisation, id }));
    if (erasure) return withCertificate(senses, { erasure });
  }
  throw problem('not-found', 'There is no such erasure.');
}

async function withCertificate(
  { ctx }: Pick<Senses, 'ctx'>,
  asked: Omit<Asked, 'salt'> & Partial<Pick<Asked, 'salt'>>,
): Promise<ErasedByHand> {
  const { organisation } = asked.erasure;
  const certificate = await ctx.db.tenant(organisation, (tx) => certificateOf(tx, asked.erasure));
  return { ...asked, certificate, vkey: certificateSigner(ctx).vkey };
}

function whatOf({ phone, call, organisation }: AskedByHand, { region }: Organisation): What {
  if (organisation !== undefined) return { organisation: true };
  if (call !== undefined) {
    if (!isId(call)) throw problem('not-found', 'There is no such call: it is named by its id.');
    return { call };
  }
  const number = e164(new Personal(phone ?? ''), region);
  if (!number) throw problem('usage', '--phone is a whole telephone number, such as +15005550006.');
  return { person: number };
}

/** The one that is named, or the only one there is. The product's own are not to be erased. */
async function organisationFor(senses: Senses, named: string | undefined): Promise<Organisation> {
  const all = await businesses(senses);
  if (named !== undefined) {
    const found = all.find(({ id }) => id === named);
    if (!found) throw problem('not-found', 'There is no such organisation.');
    return found;
  }
  const [only, ...others] = all;
  if (!only) throw problem('not-found', 'There is no organisation yet: ./sotto setup makes one.');
  if (others.length === 0) return only;
  const list = all.map(({ id, name }) => `${id} (${name})`).join(', ');
  throw problem('usage', `There are several organisations; say whose it is with --in: ${list}.`);
}

/** Those that people have, and that have not been erased. */
async function businesses({ ctx, jobs }: Senses): Promise<readonly Organisation[]> {
  const ids: readonly Id[] = await allOrganisations({ db: jobs });
  const all = await Promise.all(ids.map((id) => ctx.db.tenant(id, (tx) => loadOrganisation(tx, id))));
  return all.filter(({ kind, name }) => (kind === 'customer' || kind === 'demo') && name !== '');
}
