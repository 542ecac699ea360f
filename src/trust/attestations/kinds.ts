/** What kinds of documents there can be. A new one is one line here, and a claim or framework that rests on it. */
export const documentKinds = [
  'soc2-report',
  'iso27001-certificate',
  'pci-dss-attestation',
  'hipaa-assessment',
  'gdpr-audit',
  'uk-gdpr-audit',
  'dpdp-audit',
  'lgpd-audit',
  'lfpdppp-audit',
  'ccpa-audit',
  'penetration-test',
  'provider-report',
  'operator-statement',
] as const;

export type DocumentKind = (typeof documentKinds)[number];

export function isDocumentKind(text: string): text is DocumentKind {
  return (documentKinds as readonly string[]).includes(text);
}
