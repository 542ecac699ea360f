/** For the answer to a sign-out: the browser forgets what it keeps of us. */
export const clearSiteData: Readonly<Record<string, string>> = {
  'clear-site-data': '"cache", "cookies", "storage"',
};

/** A complete HTTP/1.1 answer in text, for connections that never became a request. It closes the connection. */
export function rawAnswer(
  status: number,
  title: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), 'connection': 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`;
}
