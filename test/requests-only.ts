import type { Http } from '#base';

/** A way out for tests that makes requests as told and opens no WebSocket. */
export function requestsOnly(send: (...asked: Parameters<Http>) => ReturnType<Http>): Http {
  return Object.assign(send, { connect: () => Promise.reject(new Error('no WebSocket was expected here')) });
}
