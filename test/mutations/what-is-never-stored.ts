import { sql } from '#base';
import { asAdmin } from '../visiting.ts';
import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'there is a place for card numbers',
    found: /is named after what is never stored \(app\.contacts\.card_pan\)/,
    kind: 'deed',
    deed: (ground) => asAdmin(ground, sql`alter table app.contacts add column card_pan text`),
  }),
  mutation({
    breaks: 'card numbers are written down as they are said',
    found: /a card number that was said is written down \(GET \/api\/v1\/calls\/:id\)/,
    kind: 'source',
    edits: [
      {
        file: 'src/secretary/calls/relay.ts',
        from: "{ type: 'heard', text: maskCards(event.text.reveal()) }",
        to: "{ type: 'heard', text: event.text.reveal() }",
      },
    ],
  }),
];
