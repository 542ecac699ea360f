import type { CarrierNumber, NumberLook } from '#adapters/carriers';
import { isLoopback } from '#edge';
import { explainCheck } from './provider-credentials.ts';

/** One thing that keeps calls from arriving: a fixed word, what there is, what there should be, and what to do. */
export type Finding = {
  readonly what:
    | 'public-url'
    | 'account'
    | 'carrier'
    | 'number'
    | 'takes-calls'
    | 'diverted'
    | 'voice-url'
    | 'voice-method'
    | 'status-url'
    | 'status-method';
  readonly is: string | null;
  readonly shouldBe: string | null;
  readonly fix: string;
};

/** Where a carrier is to send the calls of its numbers, and how they end. */
export type Webhooks = { readonly voiceUrl: string; readonly statusUrl: string };

/** The addresses of this installation for a carrier. `origin` without a slash at the end. */
export function webhooksOf(origin: string, carrier: string): Webhooks {
  const base = `${origin}/carriers/${carrier}`;
  return { voiceUrl: `${base}/voice`, statusUrl: `${base}/status` };
}

/** True for an origin that a carrier may find: https, and no name of this machine alone. */
export function isPublic(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' && !isLoopback(hostname);
}

export type Looked = {
  readonly origin: string;
  readonly carrier: string;
  /** E.164. */
  readonly number: string;
  /** What the carrier said; undefined while no account of it is connected. */
  readonly look: NumberLook | undefined;
};

/** Everything that keeps calls of a number from arriving here, what comes first on their way first; empty: they arrive. */
export function findingsOf(looked: Looked): Finding[] {
  return [...originFindings(looked.origin), ...carrierFindings(looked)];
}

function originFindings(origin: string): Finding[] {
  if (isPublic(origin)) return [];
  const fix =
    'Carriers call from the internet, over https. Make Sotto reachable there and name its origin in SOTTO_PUBLIC_URL.';
  return [{ what: 'public-url', is: origin, shouldBe: 'https://…', fix }];
}

function carrierFindings({ origin, carrier, number, look }: Looked): Finding[] {
  if (look === undefined) {
    const fix = `The account of this line is not connected: nothing that ${carrier} sends for it is believed. Connect it again.`;
    return [{ what: 'account', is: null, shouldBe: carrier, fix }];
  }
  if (look.result !== 'ok') {
    const what = look.result === 'key-refused' || look.result === 'no-permission' ? 'account' : 'carrier';
    return [{ what, is: look.result, shouldBe: 'ok', fix: explainCheck({ vendor: carrier, result: look.result }) }];
  }
  if (!look.number) {
    const fix = `The connected account has no such number. Look for a typing mistake, or connect the account that has it.`;
    return [{ what: 'number', is: null, shouldBe: number, fix }];
  }
  return settingFindings(look.number, isPublic(origin) ? webhooksOf(origin, carrier) : undefined);
}

/** While nobody knows where the number should point, nothing is said of where it does. */
function settingFindings(number: CarrierNumber, webhooks: Webhooks | undefined): Finding[] {
  const { takesCalls, divertedTo } = number;
  const findings: Finding[] = [];
  if (!takesCalls) {
    const fix = 'The number takes no calls at the carrier: get one that does, or switch it from fax to voice there.';
    findings.push({ what: 'takes-calls', is: 'no', shouldBe: 'yes', fix });
  }
  if (divertedTo) {
    const fix = `At the carrier a ${divertedTo === 'trunk' ? 'SIP trunk' : 'TwiML app'} takes its calls, and its own addresses are ignored. Take that off the number.`;
    findings.push({ what: 'diverted', is: divertedTo, shouldBe: null, fix });
  }
  return webhooks ? [...findings, ...addressFindings(number, webhooks)] : findings;
}

function addressFindings({ voice, status }: CarrierNumber, { voiceUrl, statusUrl }: Webhooks): Finding[] {
  const checks: (Finding & { readonly good: boolean })[] = [
    {
      what: 'voice-url',
      is: voice.url,
      shouldBe: voiceUrl,
      fix: 'Put this address where the number says "A call comes in", as a webhook.',
      good: withoutFragment(voice.url) === voiceUrl,
    },
    {
      what: 'voice-method',
      is: voice.method,
      shouldBe: 'POST',
      fix: 'Choose HTTP POST beside "A call comes in".',
      good: voice.method === 'POST' || voice.url === null,
    },
    {
      what: 'status-url',
      is: status.url,
      shouldBe: statusUrl,
      fix: 'Put this address where the number says "Call status changes": without it Sotto learns late how calls end.',
      good: withoutFragment(status.url) === statusUrl,
    },
    {
      what: 'status-method',
      is: status.method,
      shouldBe: 'POST',
      fix: 'Choose HTTP POST beside "Call status changes".',
      good: status.method === 'POST' || status.url === null,
    },
  ];
  return checks.filter(({ good }) => !good).map(({ good: _, ...finding }) => finding);
}

/** A fragment tells the carrier how long to wait; it is not part of what is called or signed. */
function withoutFragment(url: string | null): string | undefined {
  return url?.split('#')[0];
}
