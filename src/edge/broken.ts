import type { Socket } from 'node:net';
import { newId, problem, type Problem } from '#base';
import { failureOf } from './failure.ts';
import { rawAnswer } from './headers.ts';
import type { EdgeCtx } from './server.ts';

type ClientError = Error & { readonly code?: string };

/**
 * Answers connections whose bytes never became a request: malformed, ambiguous (smuggling), too large, too slow.
 * The problem goes out once and the connection ends; what it sent is neither repeated nor logged.
 */
export function answerBrokenConnections(
  ctx: Pick<EdgeCtx, 'clock' | 'random' | 'log'>,
  { origin, closed }: { readonly origin: () => string; readonly closed: Readonly<Record<string, string>> },
) {
  return (error: ClientError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const request = newId(ctx);
    const { problem: told, headers, body } = failureOf(problemOf(error.code), { origin: origin(), request });
    ctx.log('request.refused', { request, code: told.code });
    socket.end(rawAnswer(told.status, told.title, { ...closed, ...headers }, body), () => socket.destroy());
  };
}

function problemOf(code: string | undefined): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return problem('request-too-slow', 'Headers and body must arrive within the time limit.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return problem('headers-too-large', 'All headers of a request together may have 16 KiB.');
  return problem('request-malformed', 'This is not HTTP as RFC 9112 writes it.');
}
