import { problem, type Mistake } from '#base';
import type { DocumentKind } from './attestations/kinds.ts';

/**
 * Words that only a document of somebody outside may back, and words that promise more than anybody can see, in every
 * language of the page. Each list is tried on every sentence: whoever boasts in English does so in a Spanish text too.
 */
const vouched: readonly RegExp[] = [
  /certif\p{L}*/giu,
  /\p{L}*complian\p{L}*/giu,
  /accredit\p{L}*/giu,
  // Spanish and Portuguese.
  /(?:en|em) conformidad\p{L}*|conforme com?n?\b|conformidade com/giu,
  /(?:cumple con|cumplimos con)(?!\p{L})|cumplimiento (?:total|pleno|normativo)/giu,
  /(?:cumpre|cumprimos) (?:a|o|com) (?=\p{Lu})/gu,
  /homologad\p{L}*/giu,
  // Hindi: certified, certificate, compliance, compliant.
  /प्रमाणित|प्रमाण-?पत्र|सर्टिफ\S*|अनुपालन\S*|क[ंम]्?प्लाय\S*/gu,
];

const boundless: readonly RegExp[] = [
  /guarante\p{L}*/giu,
  /\b100 ?(?:%|per ?cent|por ?ciento|por cento|प्रतिशत)|hundred per ?cent|cien por cien\p{L}*|cem por cento/giu,
  /(?:un(?:hackable|breakable)|hack-?proof|bullet-?proof|impenetrable|fool-?proof|risk-free)/giu,
  /(?:military|bank)[- ]?grade|(?:grado|nivel|grau|nível) militar|(?:grado|nivel|grau|nível) bancari[oa]/giu,
  /(?:fully|completely|totally|absolutely|perfectly) (?:secure|safe|private)/giu,
  /(?:total|completa|absoluta|plena)mente segur\p{L}*/giu,
  /garant\p{L}*/giu,
  /inviolab\p{L}*|inviolável|inviolávei\p{L}*|infalib\p{L}*|infalíve\p{L}*|impenetráve\p{L}*/giu,
  /à prova de (?:falhas|hackers|invas\p{L}*)|a prueba de (?:fallos|hackers|balas)/giu,
  /गार(?:ं|न्)टी\S*|शत[- ]?प्रतिशत|सौ (?:फ़ीसदी|फीसदी|प्रतिशत)|अभेद्य|(?:पूरी तरह|पूर्णतः|पूर्णतया) (?:से )?सुरक्षित|सैन्य[- ]स्तर/gu,
];

/** How each kind of document is called in a sentence that may then say more. */
const named: { readonly [K in DocumentKind]?: RegExp } = {
  'soc2-report': /SOC ?2/i,
  'iso27001-certificate': /ISO(?:\/IEC)? ?27001/i,
  'pci-dss-attestation': /PCI/i,
  'hipaa-assessment': /HIPAA/i,
  'gdpr-audit': /GDPR|RGPD/i,
  'uk-gdpr-audit': /UK (?:GDPR|DPA)/i,
  'dpdp-audit': /DPDP/i,
  'lgpd-audit': /LGPD/i,
  'lfpdppp-audit': /LFPDPPP/i,
  'ccpa-audit': /CCPA/i,
};

/**
 * The words of a sentence that boast, in any language of the page. `backed`: kinds of documents that are in date; a
 * sentence that names what one of them is about may use the words that such a document backs, never the boundless ones.
 */
export function boasts(sentence: string, backed: readonly DocumentKind[] = []): readonly string[] {
  const plain = plainly(sentence);
  const isBacked = backed.some((kind) => named[kind]?.test(plain) ?? false);
  return wordsIn(plain, isBacked ? boundless : [...vouched, ...boundless]);
}

/** What is not seen would hide a word: soft hyphens, joiners, wide letters, spaces of other widths. */
function plainly(sentence: string): string {
  return sentence
    .normalize('NFKC')
    .replace(/[\u00AD\u200B\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ');
}

function wordsIn(plain: string, patterns: readonly RegExp[]): readonly string[] {
  return [...new Set(patterns.flatMap((pattern) => plain.match(pattern) ?? []))];
}

/**
 * What the title of a document says beyond what one of its kind backs. A report about a provider says what was found
 * there, and may be called a certificate; what nobody can see no title may say.
 */
export function boastsOfTitle(title: string, kind: DocumentKind): readonly string[] {
  return kind === 'provider-report' ? wordsIn(plainly(title), boundless) : boasts(title, [kind]);
}

/** What a certificate on these pages would be about: a law or standard, security, safety, privacy. */
const subjects: readonly RegExp[] = [
  ...Object.values(named),
  /\bISO\b|\bSOC ?[123]\b|\bNIST\b|FedRAMP|HITRUST/i,
  /secur|\bsafe|\bpriva(?:cy|te|cidad|cidade)\b|data protection|encrypt|hack/i,
  // Not `seguros`, which is insurance.
  /\bsegur(?:[oa]|idad|ança)\b|inviol|protección de datos|proteção de dados|cifrad|criptograf/i,
  /सुरक्ष|निजता|गोपनीय|कूटलेख/u,
];

/**
 * The words of a registered name that boast. A name is a fact, and `Certified Public Accountants` certifies nothing here:
 * such words count only in a name that says of what, for then a visitor could take it for a certificate.
 */
export function boastsOfName(name: string, backed: readonly DocumentKind[] = []): readonly string[] {
  const plain = plainly(name);
  return subjects.some((subject) => subject.test(plain)) ? boasts(plain, backed) : [];
}

/** A text that somebody typed for a public page, and where it stands in the request: `/acknowledgement`. */
export type TypedText = {
  readonly at: string;
  readonly text: string;
  /** The name under which somebody is registered. */
  readonly isName?: boolean;
};

/** Throws `boast-unbacked`, with the words and where they stand, when one of the texts says more than a document backs. */
export function refuseBoasts(texts: readonly TypedText[], backed: readonly DocumentKind[] = []): void {
  refuseFound(texts.map(({ at, text, isName }) => ({ at, found: (isName ? boastsOfName : boasts)(text, backed) })));
}

/** The same for words that were found already. */
export function refuseFound(all: readonly { readonly at: string; readonly found: readonly string[] }[]): void {
  const mistakes: Mistake[] = all.flatMap(({ at, found }) =>
    found.length === 0 ? [] : [{ at, fix: `must not say ${found.map((word) => `“${word}”`).join(', ')}` }],
  );
  if (mistakes.length === 0) return;
  throw problem('boast-unbacked', 'A public text says more than any document here backs.', { mistakes });
}
