/** The head of a tree as https://c2sp.org/tlog-checkpoint writes it: whose, how many leaves, and the root over them. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer };

/** The text that is signed. Throws for an origin that is empty or more than a line, and for a size that is no count. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  if (checkpointIn(text)?.origin !== origin) throw new TypeError('a checkpoint has an origin, a size and a root');
  return text;
}

/** The head in a text that was verified; undefined when it is none. Lines behind the third are taken and not read. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  return checkpointIn(text);
}

/** As `parseCheckpoint`, for the files of this module. */
export function checkpointIn(text: string): Checkpoint | undefined {
  const lines = text.split('\n');
  const [origin = '', size = '', encoded = ''] = lines;
  if (lines.length < 4 || lines.at(-1) !== '' || lines.slice(0, -1).includes('')) return undefined;
  const count = parseCount(size);
  const root = parseHash(encoded);
  return count === undefined || !root ? undefined : { origin, size: count, root };
}

/** A number of leaves or a place among them: decimal, without leading zeroes, and one that is counted exactly. */
export function parseCount(text: string): number | undefined {
  const count = Number(text);
  return /^(?:0|[1-9][0-9]*)$/.test(text) && Number.isSafeInteger(count) ? count : undefined;
}

/** 32 bytes in the one spelling that base64 has for them. */
export function parseHash(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === text ? bytes : undefined;
}
