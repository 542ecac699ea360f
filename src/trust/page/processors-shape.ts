import { Type } from 'typebox';
import { iso } from '#base';
import type { Entry, Listed, RegisterState, UseState, Version, VersionLine } from '#safeguards/register';

const text = Type.String();
const texts = Type.Array(text);
const count = Type.Integer({ minimum: 0 });
const at = Type.String({ format: 'date-time' });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const inWords = Type.Object({ purpose: text, data: texts, region: text });
const said = Type.Object({ en: text, es: text, pt: text, hi: text });
const certification = Type.Object({
  name: text,
  by: text,
  until: orNull(text),
  asOf: orNull(text),
  source: text,
  verified: { ...Type.Boolean(), description: 'Whether it was read at the source; the document itself was not seen.' },
});

const entryFields = {
  id: text,
  name: text,
  by: texts,
  website: orNull(text),
  security: orNull(text),
  hosts: texts,
  words: Type.Object({ en: inWords, es: inWords, pt: inWords, hi: inWords }),
  baa: Type.Object({ offered: text, when: said, source: text, verified: Type.Boolean() }),
  certifications: Type.Array(certification),
  keeps: Type.Array(
    Type.Object({
      what: text,
      say: said,
      days: orNull(count),
      from: text,
      deletable: Type.Boolean(),
      source: text,
      verified: Type.Boolean(),
    }),
  ),
};

const line = {
  number: count,
  at,
  hash: { ...text, description: 'SHA-256 of `content`.' },
  added: texts,
  removed: texts,
  changed: Type.Array(Type.Object({ id: text, fields: texts })),
};

export const versionSchema = Type.Object({
  ...line,
  content: { ...text, description: 'The list as canonical JSON (RFC 8785), byte for byte what was hashed.' },
});

export const versionsSchema = Type.Object({ versions: Type.Array(Type.Object(line)) });

export const registerSchema = Type.Object({
  version: orNull(Type.Object(line)),
  processors: Type.Array(Type.Object({ ...entryFields, standing: text, usableAt: orNull(at) })),
  announcements: Type.Array(
    Type.Object({
      id: text,
      processor: text,
      name: text,
      foundAt: at,
      why: text,
      usableAt: orNull(at),
      urgentAt: orNull(at),
      urgentReason: orNull(text),
      withdrawnAt: orNull(at),
      withdrawReason: orNull(text),
      endedAt: orNull(at),
      told: Type.Array(
        Type.Object({
          kind: text,
          days: count,
          writtenAt: at,
          recipients: count,
          toldAt: orNull(at),
          by: orNull(text),
        }),
      ),
      mails: Type.Array(
        Type.Object({ mail: text, kind: text, recipient: text, writtenAt: at, state: text, endedAt: orNull(at) }),
      ),
    }),
  ),
  hosting: Type.Array(
    Type.Object({
      name: text,
      does: text,
      region: text,
      website: orNull(text),
      certifications: Type.Array(certification),
      declaredAt: at,
      confirmedAt: at,
    }),
  ),
  unlisted: Type.Array(Type.Object({ vendor: text, host: text, count, since: at, lastAt: at })),
});

/** The register as programs get it: instants in ISO 8601, in lists of its own. */
export function asJson({ version, processors, uses, hosting, unlisted }: RegisterState) {
  return {
    version: version ? lineJson(version) : null,
    processors: processors.map(listedJson),
    announcements: uses.map(useJson),
    hosting: hosting.map(({ id: _, declaredAt, confirmedAt, certifications, ...one }) => ({
      ...one,
      certifications: certifications.map(certificationJson),
      declaredAt: iso(declaredAt),
      confirmedAt: iso(confirmedAt),
    })),
    unlisted: unlisted.map(({ since, lastAt, ...one }) => ({ ...one, since: iso(since), lastAt: iso(lastAt) })),
  };
}

/** One version as programs get it. */
export function versionJson(version: Version) {
  return { ...lineJson(version), content: version.content };
}

export function lineJson({ number, at: since, hash, changes: { added, removed, changed } }: VersionLine) {
  return {
    number,
    at: iso(since),
    hash,
    added: [...added],
    removed: [...removed],
    changed: changed.map(({ id, fields }) => ({ id, fields: [...fields] })),
  };
}

function listedJson({ standing, usableAt, ...entry }: Listed) {
  return { ...entryJson(entry), standing, usableAt: orIso(usableAt) };
}

function entryJson({ id, name, by, website, security, hosts, words, baa, certifications, keeps }: Entry) {
  const copy = (language: keyof Entry['words']) => ({ ...words[language], data: [...words[language].data] });
  return {
    id,
    name,
    by: [...by],
    website,
    security,
    hosts: [...hosts],
    words: { en: copy('en'), es: copy('es'), pt: copy('pt'), hi: copy('hi') },
    baa,
    certifications: certifications.map(certificationJson),
    keeps: keeps.map((one) => ({ ...one })),
  };
}

function certificationJson({ until, asOf, ...one }: Entry['certifications'][number]) {
  return { ...one, until: until ?? null, asOf: asOf ?? null };
}

function useJson({ party: _, told, mails, ...use }: UseState) {
  return {
    ...use,
    foundAt: iso(use.foundAt),
    usableAt: orIso(use.usableAt),
    urgentAt: orIso(use.urgentAt),
    withdrawnAt: orIso(use.withdrawnAt),
    endedAt: orIso(use.endedAt),
    told: told.map((one) => ({ ...one, writtenAt: iso(one.writtenAt), toldAt: orIso(one.toldAt) })),
    mails: mails.map((one) => ({ ...one, writtenAt: iso(one.writtenAt), endedAt: orIso(one.endedAt) })),
  };
}

function orIso(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
