import type { Transport } from '#adapters/carriers';
import { problem } from '#base';
import type { Server } from '#edge';

/**
 * How the emulated carrier in this process reaches the product that it is part of: through its whole face and every
 * check, but not over the network. So it needs no address that leads here, and works behind any proxy and certificate.
 */
export function ownLine(place: { readonly server?: Server }): Transport {
  const pathOf = (url: string) => {
    const { pathname, search } = new URL(url);
    return pathname + search;
  };
  const face = () => {
    if (place.server) return place.server;
    throw problem('not-running', 'The product is not put together yet.');
  };
  return {
    async post(url, { headers, body }) {
      const answer = await face().inject({ method: 'POST', url: pathOf(url), headers, body });
      return { status: answer.status, body: answer.body };
    },
    connect: (url, headers) => face().walkIn({ path: pathOf(url), headers }),
  };
}
