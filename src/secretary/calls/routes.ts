import { Type } from 'typebox';
import { route, socket, type Route, type SocketRoute } from '#edge';
import type { WebhookKind } from '#adapters/carriers';
import type { CallCtx } from './call-ctx.ts';
import { openRelay } from './relay.ts';
import { openStream, placeOf } from './socket-place.ts';
import { openTurnDrivers } from './turn-drivers.ts';
import { receiveWebhook } from './webhooks.ts';

const kinds: Record<WebhookKind, string> = {
  'voice': 'A call rings; answers with what the caller hears first.',
  'heard': 'What the caller said or keyed in one turn.',
  'next': 'Everything that was to be said has been said; what comes next?',
  'relay-ended': 'The text relay of a call ended.',
  'transfer-ended': 'A transfer came back.',
  'status': 'The carrier tells how a call is going.',
};

const dialect = Type.String({ description: "The carrier's own dialect, e.g. TwiML" });

/** Where carriers post. One route for each kind of webhook; the carrier is the first part of the path. */
export function carrierRoutes(ctx: CallCtx): Route[] {
  const drivers = openTurnDrivers(ctx);
  return Object.entries(kinds).map(([kind, say]) =>
    route({
      method: 'POST',
      path: `/carriers/:carrier/${kind}`,
      say,
      may: 'carrier',
      limit: 'carrier',
      audits: 'call.answered',
      params: Type.Object({ carrier: Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$' }) }),
      output: { 200: dialect },
      async run({ params, url, headers, rawBody }) {
        const answer = await receiveWebhook(
          { ...ctx, drivers },
          {
            carrierId: params.carrier,
            kind: kind as WebhookKind,
            request: { url, headers, rawBody },
          },
        );
        return { status: 200 as const, ...answer };
      },
    }),
  );
}

/** Where carriers open their text relay and their media stream. */
export function carrierSockets(ctx: CallCtx): SocketRoute[] {
  return [
    socket({
      path: '/carriers/:carrier/relay/:organisation/:account',
      open: (handshake) => openRelay(ctx, handshake, placeOf(handshake)),
    }),
    socket({
      path: '/carriers/:carrier/stream/:organisation/:account',
      open: (handshake) => openStream(ctx, handshake, placeOf(handshake)),
    }),
  ];
}
