import { iso } from '#base';

type Given = {
  /** Public origin of this installation. */
  readonly origin: string;
  /** A mail address, or an https address. */
  readonly contact: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly languages: readonly string[];
};

const day = 86_400_000;

/** Good for so long, counted from the day on which it is asked for: RFC 9116 §2.5.5 recommends less than a year. */
const goodForDays = 180;

/**
 * The file by which a finder of a weakness knows whom to write to (RFC 9116). Lines end in CRLF (§2.2 takes both), and
 * addresses of the web are https (§2.4, §2.5.3): without it only mail can be named.
 */
export function securityTxt({ origin, contact, now, languages }: Given): string {
  const isSecure = origin.startsWith('https:');
  const expires = iso((Math.floor(now / day) + goodForDays) * day).replace('.000Z', 'Z');
  const fields: readonly (readonly [string, string] | false)[] = [
    isSecure && ['Contact', `${origin}/trust/security`],
    ['Contact', contact.startsWith('https://') ? contact : `mailto:${encoded(contact)}`],
    ['Expires', expires],
    ['Preferred-Languages', languages.join(', ')],
    isSecure && ['Canonical', `${origin}/.well-known/security.txt`],
    isSecure && ['Policy', `${origin}/trust/security`],
  ];
  return fields
    .filter((field) => field !== false)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

/** As in a `mailto` address (RFC 6068 §2): what else could stand in an address has a meaning there. */
function encoded(address: string): string {
  return encodeURIComponent(address).replaceAll('%40', '@');
}
