import { kebab, type Canonical, type OutsideProcessor, type Processor } from '#base';

/** Who decided that a processor gets data: whoever runs the installation, or organisations for themselves. */
export type DecidedBy = 'installation' | 'organisations';

/** A processor as the register lists it. Its id is the name of the vendor as it stands in ledger, log and commands. */
export type Entry = Omit<OutsideProcessor, 'purpose' | 'data' | 'region' | 'es' | 'pt' | 'hi'> & {
  readonly id: string;
  readonly by: readonly DecidedBy[];
  readonly words: { readonly [L in 'en' | 'es' | 'pt' | 'hi']: Pick<Processor, 'purpose' | 'data' | 'region'> };
};

/** What the register prints of a vendor file. */
export function entryOf(processor: OutsideProcessor, by: readonly DecidedBy[]): Entry {
  const { name, purpose, data, region, es, pt, hi, website, security, baa, certifications, keeps, hosts } = processor;
  const words = { en: { purpose, data, region }, es, pt, hi };
  return { id: kebab(name), by, name, website, security, hosts, words, baa, certifications, keeps };
}

/**
 * Which company it is: the vendor file, and the host where the operator chooses the company behind it. Another mail server
 * is another company.
 */
export function partyOf({ name, hosts }: Pick<Processor, 'name' | 'hosts'>, fixed: readonly string[]): string {
  const id = kebab(name);
  return fixed.length > 0 || hosts.length === 0 ? id : `${id}@${hosts.toSorted().join(',')}`;
}

/** The list as it is hashed and published: in the order of ids, and with nothing that JSON cannot hold. */
export function contentOf(entries: readonly Entry[]): Canonical {
  const ordered = entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return JSON.parse(JSON.stringify({ v: 1, processors: ordered })) as Canonical;
}
