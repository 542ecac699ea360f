import { Agent, request } from 'undici';
import { outside, problem } from './problems.ts';

/** What came of it; the body is read as it is wanted. */
export type Downloaded = { readonly status: number; readonly body: AsyncIterable<Buffer> };

/**
 * Fetches what lies at an address that the person at the terminal named, for commands that stand apart from an
 * installation: nothing is listed for them, and no data of anybody goes with the request. Redirects are not followed; an
 * answer may be of any length. Throws `usage` for what is no such address, and `Outside` when nobody answers.
 */
export async function download(
  address: string,
  { headers = {}, stopped }: { readonly headers?: Readonly<Record<string, string>>; readonly stopped: AbortSignal },
): Promise<Downloaded> {
  const url = URL.parse(address);
  if (!url || !['https:', 'http:'].includes(url.protocol)) throw problem('usage', `${address} is no address.`);
  const dispatcher = new Agent({ allowH2: false, headersTimeout: 60_000, bodyTimeout: 60_000, connectTimeout: 10_000 });
  try {
    const { statusCode, body } = await request(url, { dispatcher, headers: { ...headers }, signal: stopped });
    return { status: statusCode, body: ending(body, dispatcher) };
  } catch (error) {
    await dispatcher.destroy();
    throw outside('log', 'unreachable', { cause: error });
  }
}

async function* ending(body: AsyncIterable<Buffer>, agent: Agent): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (error) {
    throw outside('log', 'unreachable', { cause: error });
  } finally {
    await agent.destroy();
  }
}
