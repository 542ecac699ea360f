import { Type } from 'typebox';
import { route, type Route } from '#edge';
import type { Hub } from './hub.ts';
import { streamFor, type StreamCtx } from './stream.ts';

const described =
  'Server-sent events. `changed`: `{"kind":"call","id":"…"}` names something that has changed and that you may see, to be ' +
  'read again; the kinds are those of the audit log, and `claims`. `resync`: it is not known what has changed; read ' +
  'everything again. `over`: you may not read on; ask who you are. `crowded`: ten later streams of yours are open; come ' +
  'back when this one is looked at. The id of an event goes on from there, as `Last-Event-ID` or `after`.';

/** What changes, as it does, for everybody who may see it: names without content. */
export function eventRoutes(ctx: StreamCtx, hub: Hub): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/events',
      say: 'Tells as it happens what has changed of that which you may see, by kind and id.',
      may: { scope: 'organisation:read' },
      limit: 'api',
      audits: null,
      query: Type.Object({
        after: Type.Optional(
          Type.String({
            maxLength: 64,
            description: 'The id of the last event that is known; `Last-Event-ID` goes before.',
          }),
        ),
      }),
      problems: ['busy'],
      output: { 200: Type.String({ contentMediaType: 'text/event-stream', description: described }) },
      async run({ who, again, query, headers }) {
        const last = headers['last-event-id'];
        const after = typeof last === 'string' && last !== '' ? last : query.after;
        return { status: 200, events: streamFor(ctx, hub, { who, again, after }) };
      },
    }),
  ];
}
