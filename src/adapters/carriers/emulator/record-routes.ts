import type { FastifyInstance } from 'fastify';
import { notThere, refusal, unknownAccount, type Reply } from './replies.ts';

/** What is kept of calls that are over: their names, until they are deleted. */
export type CallRecords = Pick<Set<string>, 'has' | 'delete'>;

type Kept = {
  readonly records: CallRecords;
  isLive(callId: string): boolean;
  isOurs(authorization: string | undefined, account: string): boolean;
};

type Route = { Params: { account: string; file: string } };

/**
 * Looking at and deleting what is kept of calls (twilio-oai, twilio_api_v2010.json: FetchCall, DeleteCall, ListCall,
 * ListRecording). Calls here are put through to nobody who would leave a record, and are recorded by nobody.
 */
export function addRecordRoutes(server: FastifyInstance, { records, isLive, isOurs }: Kept): void {
  const base = '/2010-04-01/Accounts/:account';
  for (const [path, key] of [
    ['Calls.json', 'calls'],
    ['Recordings.json', 'recordings'],
  ] as const) {
    server.get<Route>(`${base}/${path}`, async ({ params, headers }, reply) => {
      const none = { status: 200, body: { [key]: [], page: 0, page_size: 50, next_page_uri: null } };
      const answer = isOurs(headers.authorization, params.account) ? none : unknownAccount();
      return reply.status(answer.status).send(answer.body);
    });
  }
  const answering =
    (what: (callId: string) => Reply) => (account: string, authorization: string | undefined, file: string) =>
      isOurs(authorization, account) ? what(file.replace(/\.json$/, '')) : unknownAccount();
  const shown = answering((callId) => {
    if (isLive(callId)) return { status: 200, body: { sid: callId, status: 'in-progress' } };
    return records.has(callId) ? { status: 200, body: { sid: callId, status: 'completed' } } : notThere();
  });
  const removed = answering((callId) => {
    if (isLive(callId)) return refusal(409, 20_009, 'Cannot delete this resource before it is complete');
    return records.delete(callId) ? { status: 204, body: null } : notThere();
  });
  server.get<Route>(`${base}/Calls/:file`, async ({ params, headers }, reply) => {
    const { status, body } = shown(params.account, headers.authorization, params.file);
    return reply.status(status).send(body ?? undefined);
  });
  server.delete<Route>(`${base}/Calls/:file`, async ({ params, headers }, reply) => {
    const { status, body } = removed(params.account, headers.authorization, params.file);
    return reply.status(status).send(body ?? undefined);
  });
}
