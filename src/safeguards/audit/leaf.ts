import { createHash } from 'node:crypto';
import { canonical, loggable, type Canonical, type Id } from '#base';
import type { Action, Actor, AuditObject } from './actions.ts';

/**
 * An audit leaf, version 1. This comment is its specification, test/vectors/audit-leaf.json its test.
 *
 * The leaf is the UTF-8 bytes of canonical JSON (RFC 8785, safe integers only) of exactly these members:
 *
 * - `v`             1
 * - `id`            UUIDv7 of the entry
 * - `organisation`  UUID of the tenant
 * - `at`            when, ISO 8601 in UTC with milliseconds: `2026-11-20T12:00:00.000Z`
 * - `actor`         `system`, `caller`, or kind, colon and id or word: `carrier:twilio`
 * - `action`        a fixed word
 * - `object`        kind, colon and id or word: `call:0198…`
 * - `commitment`    null for an entry without details, else 64 lower-case hex digits:
 *                   SHA-256( salt ‖ canonical JSON of the details ), the salt being 32 random bytes
 *
 * A leaf holds no personal data and is never changed. Salt and details are sealed apart from it; without them the
 * commitment tells nothing (the salt makes guessing useless), so they can be erased and the leaf stays valid.
 */
export type Leaf = {
  readonly v: 1;
  readonly id: Id;
  readonly organisation: Id;
  readonly at: string;
  readonly actor: Actor;
  readonly action: Action;
  readonly object: AuditObject;
  readonly commitment: string | null;
};

/** What an entry tells beyond its leaf. May be personal; it is sealed. */
export type Details = { readonly [name: string]: Canonical };

const members = 'action,actor,at,commitment,id,object,organisation,v';

/** The exact bytes that are kept, and later hashed into the log. Throws when actor or object is no id or word. */
export function leafBytes(leaf: Leaf): Buffer {
  for (const name of [leaf.actor, leaf.object]) {
    if (!isNeutral(name)) throw new TypeError('actor and object of an audit entry are kinds with ids or fixed words');
  }
  return Buffer.from(canonical(leaf), 'utf8');
}

/** The leaf in these bytes; undefined when they are not the canonical spelling of one. */
export function parseLeaf(bytes: Buffer): Leaf | undefined {
  try {
    const leaf = JSON.parse(bytes.toString('utf8')) as Leaf;
    const isWhole = leaf.v === 1 && Object.keys(leaf).join() === members;
    return isWhole && leafBytes(leaf).equals(bytes) ? leaf : undefined;
  } catch {
    return undefined;
  }
}

/** The commitment to details, as it stands in the leaf. */
export function commitmentTo(salt: Buffer, details: Details): string {
  if (salt.length !== 32) throw new TypeError('the salt of a commitment has 32 bytes');
  return createHash('sha256').update(salt).update(canonical(details), 'utf8').digest('hex');
}

/** The rule of the log, here as well: ids and words pass; numbers, names and addresses do not. */
function isNeutral(name: string): boolean {
  const colon = name.indexOf(':');
  const parts = colon < 0 ? [name] : [name.slice(0, colon), name.slice(colon + 1)];
  return parts.every((part) => loggable(part) === part);
}
