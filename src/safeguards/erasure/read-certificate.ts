import type { Personal } from '#base';
import { noteKey, openNote, type NoteRefusal } from '#tlog';
import { subjectHash } from './ask.ts';
import { headline, type CertificateText } from './certificate.ts';

/** What a certificate says and who signed it, or why it is not believed. */
export type ReadCertificate =
  | { readonly isGood: true; readonly by: string; readonly text: CertificateText }
  | { readonly isGood: false; readonly why: NoteRefusal | 'no-certificate' | 'key-malformed' };

/** Checks a certificate with nothing but the public key: no database, no keystore, no network. */
export function readCertificate(note: Buffer, vkey: string): ReadCertificate {
  const key = noteKey(vkey);
  if (!key) return { isGood: false, why: 'key-malformed' };
  const opened = openNote(note, [key]);
  if (typeof opened === 'string') return { isGood: false, why: opened };
  const [first, ...rest] = opened.text.split('\n');
  if (first !== headline) return { isGood: false, why: 'no-certificate' };
  const text = parsed(rest.join('\n'));
  return text ? { isGood: true, by: opened.by, text } : { isGood: false, why: 'no-certificate' };
}

/**
 * Whether a certificate is about that number, for whoever has the salt (64 hex digits). The number in international
 * spelling; dashes, spaces and brackets do not matter.
 */
export function isAbout({ request, subject }: CertificateText, phone: Personal, salt: string): boolean {
  const number = phone.map((text) => text.replaceAll(/[\s().-]/g, ''));
  return subjectHash(Buffer.from(salt, 'hex'), request.scope, number).toString('hex') === subject.hash;
}

/** It was signed by us, so its shape is ours. */
function parsed(json: string): CertificateText | undefined {
  try {
    return JSON.parse(json) as CertificateText;
  } catch {
    return undefined;
  }
}
