import { problem, sql, type Id, type Item, type Processor } from '#base';
import type { Carrier, Step } from '#adapters/carriers';
import { isLoopback } from '#edge';
import type { Offer } from './canary-call.ts';
import type { Fault, Finding, Reach } from './claim.ts';
import { together } from './findings.ts';
import { sentBy } from './model-wire.ts';
import { wireOf } from './model-wires.ts';
import { isRefused } from './refused.ts';

/* Ways in which audio could travel in the clear. Names under `.invalid` lead nowhere (RFC 6761 §6.4). */

const offers = ['stream', 'relay'] as const;

/** Tries to have a socket in the clear offered to every carrier. Throws `vendor-unknown` when not even a good one can be. */
export function plainOffers(all: readonly Item<Carrier>[]): Finding {
  const faults = all.flatMap((carrier) =>
    offers
      .filter((kind) => isOffered(carrier, kind))
      .map((kind) => ({ what: `a ${kind} in the clear can be offered`, where: `carrier:${carrier.id}` })),
  );
  return { checked: all.length * offers.length, faults };
}

function isOffered({ id, item }: Item<Carrier>, kind: Offer['door']): boolean {
  const offer = (socketUrl: string): Step => {
    const given = { socketUrl, token: 'probe', thenUrl: 'https://probe.invalid/' };
    return kind === 'stream' ? { do: kind, ...given } : { do: kind, ...given, language: 'en-US' };
  };
  const isTaken = (socketUrl: string) => {
    try {
      return item.render([offer(socketUrl)]).body !== '';
    } catch {
      return false;
    }
  };
  if (!isTaken('wss://probe.invalid/socket'))
    throw problem('vendor-unknown', `The probe cannot offer ${id} a ${kind}.`);
  return isTaken('ws://probe.invalid/socket');
}

const listed: Processor = {
  name: 'Probe of the trust page',
  purpose: 'Must be refused',
  data: [],
  region: 'nowhere',
  hosts: ['plain.invalid'],
};
const withinMs = 1_000;

/** Tries to reach a provider in the clear under a name that it lists: by a socket, as audio goes, and by a request. */
export async function plainDials({ http }: Pick<Reach, 'http'>): Promise<Finding> {
  const socket = await isRefused(async () => {
    const nobody = { text: () => {}, closed: () => {} };
    const peer = await http.connect(listed, { url: 'ws://plain.invalid/', withinMs }, nobody);
    peer.cut();
  });
  const request = await isRefused(() => http(listed, { method: 'GET', url: 'http://plain.invalid/', withinMs }));
  const fault = { what: 'a provider is dialled in the clear', where: 'plain.invalid' };
  return { checked: 2, faults: socket && request ? [] : [fault] };
}

/** Reads where each model file opens its socket for this installation. */
export async function modelSockets(reach: Pick<Reach, 'models' | 'clock' | 'random' | 'config'>): Promise<Finding> {
  const found: Finding[] = [];
  for (const model of speaking(reach.models)) {
    const { conversations } = await sentBy(reach, model, wireOf(model.id).vendor);
    found.push(...conversations.map(({ url }) => judged(url, `model:${model.id}`)));
  }
  return together(found);
}

/** Reads the origins that organisations have set for their models. */
export async function ownOrigins({ look }: Pick<Reach, 'look'>): Promise<Finding> {
  const rows = await look.rows<{ organisation: Id; url: string }>(sql`
    select organisation_id as organisation, base_url as url from app.model_credentials
    where base_url is not null order by organisation_id, id limit 10000`);
  return together(rows.map(({ organisation, url }) => judged(url, `organisation:${organisation}`)));
}

/** Judges which socket a ring was offered. Plain is right for a carrier on this machine alone. */
export function offered({ url }: Pick<Offer, 'url'>, origin: string): Finding {
  const where = 'carriers';
  if (new URL(origin).protocol === 'http:') return { checked: 0, faults: judged(url, where).faults };
  return isSecure(url) ? { checked: 1, faults: [] } : { checked: 1, faults: [inTheClear(where)] };
}

/** What stays on this machine travels nowhere, so it counts neither way. */
function judged(url: string, where: string): Finding {
  if (isSecure(url)) return { checked: 1, faults: [] };
  return isLoopback(URL.parse(url)?.hostname ?? '')
    ? { checked: 0, faults: [] }
    : { checked: 1, faults: [inTheClear(where)] };
}

function isSecure(url: string): boolean {
  return /^(https|wss):$/.test(URL.parse(url)?.protocol ?? '');
}

function inTheClear(where: string): Fault {
  return { what: 'audio would travel in the clear', where };
}

function speaking(models: Reach['models']): Reach['models'] {
  return models.filter(({ item }) => item.speech !== undefined && item.processor.hosts.length > 0);
}
