import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import { changeNumber, listNumbers, type EmulatedNumber } from './numbers.ts';
import { addRecordRoutes, type CallRecords } from './record-routes.ts';
import { notThere, refusal, unknownAccount, type Reply } from './replies.ts';
import { readVerbs } from './verbs.ts';
import { field, parseForm, type Fields } from '../twilio/form.ts';
import type { CarrierAccount } from '../carrier.ts';

/** A call as the API may change it. */
export type LiveCall = {
  isOver(): boolean;
  hangUp(): void;
  /** Replaces what the call is doing by this document. */
  redirect(document: string): void;
};

/** What the account has: calls that may be changed, numbers, and the records of calls that are over. */
export type Holdings = {
  find(callId: string): LiveCall | undefined;
  readonly records: CallRecords;
  readonly numbers: readonly EmulatedNumber[];
};

const longestInline = 4_000;

/**
 * The parts of the carrier's API that are used: `POST /2010-04-01/Accounts/{account}/Calls/{call}.json` changes a live
 * call, `GET /2010-04-01/Accounts/{account}.json` shows the account, `…/IncomingPhoneNumbers.json` lists its numbers and
 * `…/IncomingPhoneNumbers/{number}.json` changes one, and what is kept of calls can be looked at and deleted; with basic
 * authentication, on loopback. Statuses and error codes are those of the real one.
 */
export async function openRest(
  account: CarrierAccount,
  { find, numbers, records }: Holdings,
  port: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = Fastify({ logger: false, bodyLimit: 64 * 1_024, forceCloseConnections: true });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  type Route = { Params: { account: string; file: string }; Body: Buffer };
  server.post<Route>('/2010-04-01/Accounts/:account/Calls/:file', async (request, reply) => {
    const { params, headers, body } = request;
    const answer = isKnown(headers.authorization, account)
      ? change(params.account === account.accountSid ? find(params.file.replace(/\.json$/, '')) : undefined, body)
      : unknownAccount();
    return reply.status(answer.status).send(answer.body);
  });
  server.get<{ Params: { file: string } }>('/2010-04-01/Accounts/:file', async ({ params, headers }, reply) => {
    const isOurs = isKnown(headers.authorization, account) && params.file === `${account.accountSid}.json`;
    const answer = isOurs ? { status: 200, body: { sid: account.accountSid, status: 'active' } } : unknownAccount();
    return reply.status(answer.status).send(answer.body);
  });
  server.get<{ Params: { account: string }; Querystring: { PhoneNumber?: string } }>(
    '/2010-04-01/Accounts/:account/IncomingPhoneNumbers.json',
    async ({ params, headers, query }, reply) => {
      const isOurs = isKnown(headers.authorization, account) && params.account === account.accountSid;
      const answer = isOurs ? { status: 200, body: listNumbers(numbers, query.PhoneNumber) } : unknownAccount();
      return reply.status(answer.status).send(answer.body);
    },
  );
  server.post<Route>(
    '/2010-04-01/Accounts/:account/IncomingPhoneNumbers/:file',
    async ({ params, headers, body }, reply) => {
      const isOurs = isKnown(headers.authorization, account) && params.account === account.accountSid;
      const changed = isOurs && changeNumber(numbers, params.file.replace(/\.json$/, ''), parseForm(body));
      const answer = changed ? { status: 200, body: changed } : isOurs ? notThere() : unknownAccount();
      return reply.status(answer.status).send(answer.body);
    },
  );
  addRecordRoutes(server, {
    records,
    isLive: (callId) => find(callId)?.isOver() === false,
    isOurs: (authorization, named) => isKnown(authorization, account) && named === account.accountSid,
  });
  const url = await server.listen({ host: '127.0.0.1', port });
  return { url, close: () => server.close() };
}

function change(call: LiveCall | undefined, body: Buffer): Reply {
  if (!call) return notThere();
  if (call.isOver()) return refusal(400, 21_220, 'Call is not in-progress. Cannot redirect.');
  const fields: Fields = parseForm(body);
  const twiml = field(fields, 'Twiml');
  if (field(fields, 'Status') === 'completed') call.hangUp();
  else if (twiml !== undefined && twiml.length <= longestInline && isReadable(twiml)) call.redirect(twiml);
  else return refusal(400, 20_001, 'Invalid parameter');
  return { status: 200, body: { status: 'in-progress' } };
}

function isReadable(document: string): boolean {
  try {
    return readVerbs(document).length > 0;
  } catch {
    return false;
  }
}

function isKnown(authorization: string | undefined, { accountSid, authToken }: CarrierAccount): boolean {
  const credentials = Buffer.from(`${accountSid}:${authToken.reveal()}`).toString('base64');
  return timingSafeEqual(digest(authorization ?? ''), digest(`Basic ${credentials}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
