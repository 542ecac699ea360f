import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** Body of `POST /email`, as documented: https://postmarkapp.com/developer/api/email-api */
type PostmarkMail = Readonly<Record<string, unknown>>;

type PostmarkOptions = {
  /** Answer to every mail instead of taking it: status and ErrorCode; without a code something else answers, in HTML. */
  readonly refusal?: { readonly status: number; readonly code?: number };
  /** Settings of the server, as `GET /server` tells them. */
  readonly trackOpens?: boolean;
};

export type PostmarkServer = {
  readonly mails: readonly PostmarkMail[];
  readonly env: Record<string, string>;
};

const postmarkToken = '00000000-aaaa-4bbb-8ccc-dddddddddddd';

/** What a mail may consist of, each with the type that the reference gives. */
const fields: Readonly<Record<string, (value: unknown) => boolean>> = {
  From: isText,
  To: isText,
  Cc: isText,
  Bcc: isText,
  Subject: isText,
  Tag: isText,
  HtmlBody: isText,
  TextBody: isText,
  ReplyTo: isText,
  MessageStream: (value) => value === 'outbound' || value === 'notices',
  TrackOpens: (value) => typeof value === 'boolean',
  TrackLinks: (value) => ['None', 'HtmlAndText', 'HtmlOnly', 'TextOnly'].includes(String(value)),
  Metadata: (value) => typeof value === 'object',
  Headers: (value) =>
    Array.isArray(value) && value.every((one: PostmarkMail) => isText(one['Name']) && isText(one['Value'])),
};

/** Stands in for Postmark: takes what the reference allows and answers as it documents. */
export async function postmarkServer(t: TestContext, options: PostmarkOptions = {}): Promise<PostmarkServer> {
  const mails: PostmarkMail[] = [];
  const server = createServer((request, response) => void answer(request, response, { ...options, mails }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const env = {
    SOTTO_MAIL: 'postmark',
    SOTTO_MAIL_FROM: 'Sotto <sotto@sotto.test>',
    SOTTO_POSTMARK_TOKEN: postmarkToken,
    SOTTO_POSTMARK_BASE_URL: `http://127.0.0.1:${port}`,
  };
  return { mails, env };
}

type Means = PostmarkOptions & { readonly mails: PostmarkMail[] };

async function answer(request: IncomingMessage, response: ServerResponse, means: Means): Promise<void> {
  const body = Buffer.concat(await request.toArray()).toString('utf8');
  const { status, json } = decide(request, body, means);
  const isHtml = json === undefined;
  response.writeHead(status, { 'content-type': isHtml ? 'text/html' : 'application/json' });
  response.end(isHtml ? '<html><body><h1>Sorry</h1></body></html>' : JSON.stringify(json));
}

function decide(request: IncomingMessage, body: string, means: Means): { status: number; json?: unknown } {
  if (request.headers['x-postmark-server-token'] !== postmarkToken) return error(401, 10);
  const asked = `${request.method} ${request.url}`;
  if (asked === 'GET /server') {
    return { status: 200, json: { ID: 1, Name: 'Sotto', TrackOpens: means.trackOpens ?? false, TrackLinks: 'None' } };
  }
  if (asked !== 'POST /email') return error(404, 0);
  if (!request.headers['content-type']?.startsWith('application/json')) return error(422, 409);
  const { refusal } = means;
  if (refusal) return refusal.code === undefined ? { status: refusal.status } : error(refusal.status, refusal.code);
  return take(JSON.parse(body) as PostmarkMail, means.mails);
}

function take(mail: PostmarkMail, mails: PostmarkMail[]) {
  if (Object.entries(mail).some(([name, value]) => !fields[name]?.(value))) return error(422, 403);
  const needed = [mail['From'], mail['To'], mail['TextBody'] ?? mail['HtmlBody']];
  if (!needed.every(isText)) return error(422, 300);
  mails.push(mail);
  const taken = { To: mail['To'], SubmittedAt: '2026-11-23T10:00:00.0000000-05:00', ErrorCode: 0, Message: 'OK' };
  return { status: 200, json: { ...taken, MessageID: '0a129aee-e1cd-480d-b08d-4f48548ff48d' } };
}

function error(status: number, code: number) {
  return { status, json: { ErrorCode: code, Message: 'What is wrong stands here, with the address it is about.' } };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
