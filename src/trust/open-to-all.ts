import type { Http } from '#base';

/** A way out that refuses nobody, and dials nobody: that of a broken product. */
export const openToAll: Http = Object.assign(
  () => Promise.resolve({ status: 200, headers: {}, body: Buffer.alloc(0) }),
  {
    connect: () =>
      Promise.resolve({ send: () => {}, sendAll: () => {}, backlog: () => 0, close: () => {}, cut: () => {} }),
  },
);
