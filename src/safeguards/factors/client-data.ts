import { problem } from '#base';

/** What the browser says it had signed. Whether that is so is judged later; here it only has to be readable. */
type ClientData = { readonly challenge: string };

/**
 * Reads the client data of a ceremony (WebAuthn §5.8.1). A frame within another site's page is nobody who signs in
 * here: `crossOrigin` is refused. Throws `passkey-refused`.
 */
export function clientDataIn(encoded: string): ClientData {
  const read = parsed(encoded);
  if (typeof read.challenge !== 'string' || (read.crossOrigin !== undefined && read.crossOrigin !== false))
    throw refused();
  return { challenge: read.challenge };
}

function parsed(encoded: string): { readonly challenge?: unknown; readonly crossOrigin?: unknown } {
  try {
    const read: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return read !== null && typeof read === 'object' ? read : {};
  } catch {
    return {};
  }
}

/** One refusal for everything: what was wrong helps only whoever tries things out. */
export function refused(cause?: unknown) {
  return problem(
    'passkey-refused',
    'This passkey does not count here. Begin anew; if it stays so, sign in another way.',
    {
      cause,
    },
  );
}
