import { noteKey, openNote, type NoteRefusal } from '#base';
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
  return { isGood: true, by: opened.by, text: JSON.parse(rest.join('\n')) as CertificateText };
}
