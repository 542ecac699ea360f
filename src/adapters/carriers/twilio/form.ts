import { problem } from '#base';

/** What was posted: each name with every value given for it, in order of arrival. */
export type Fields = ReadonlyMap<string, readonly string[]>;

const mostParams = 1_000;

/**
 * Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1) from the raw bytes. Stricter than the standard where
 * leniency would let two readers see different content: a broken percent escape or invalid UTF-8 is `body-malformed`,
 * and so are more than 1,000 parameters. Nothing is trimmed and blank values stay, because the signature covers them.
 */
export function parseForm(rawBody: Buffer): Fields {
  const fields = new Map<string, string[]>();
  let count = 0;
  for (const pair of rawBody.toString('latin1').split('&')) {
    if (pair === '') continue;
    count += 1;
    if (count > mostParams) throw problem('body-malformed', 'The form holds more than 1,000 parameters.');
    const split = pair.indexOf('=');
    const name = decode(split < 0 ? pair : pair.slice(0, split));
    const values = fields.get(name) ?? [];
    values.push(split < 0 ? '' : decode(pair.slice(split + 1)));
    fields.set(name, values);
  }
  return fields;
}

/** The one value of a name, or undefined. Two different values for it are `body-malformed`: which one is meant? */
export function field(fields: Fields, name: string): string | undefined {
  const values = fields.get(name);
  if (values?.some((value) => value !== values[0])) {
    throw problem('body-malformed', `The parameter ${name} was given twice with different values.`);
  }
  return values?.[0];
}

/** `latin1` holds one character a byte; escapes become bytes and the whole is then read as UTF-8. */
function decode(latin1: string): string {
  if (/%(?![0-9a-f]{2})/i.test(latin1)) throw problem('body-malformed', 'A percent escape is incomplete.');
  const bytes = latin1
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch (cause) {
    throw problem('body-malformed', 'The form is not UTF-8.', { cause });
  }
}
