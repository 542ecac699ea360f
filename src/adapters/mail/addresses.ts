/** A sender, apart: `Sotto <sotto@example.com>`, or the address alone. */
export type Sender = { readonly name: string; readonly address: string };

/** Reads what SOTTO_MAIL_FROM holds; the settings have checked its form. */
export function senderIn(from: string): Sender {
  const [, name = '', address = from] = /^([^<]*)<([^>]*)>$/.exec(from) ?? [];
  return { name: name.trim(), address: address.trim() };
}

/** The part behind the last @. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/**
 * True for one address and nothing else: no list, no name, no quoting, no control character. Narrower than RFC 5321,
 * so that no mail server and no provider reads it as anything more. Letters beyond ASCII are fine (RFC 6531).
 */
export function isOneAddress(text: string): boolean {
  return text.length <= 254 && /^[^\p{C}\p{Z}\s@<>()[\]\\,;:"]{1,64}@[\p{L}\p{N}\p{M}.-]{1,253}$/u.test(text);
}
