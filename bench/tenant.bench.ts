import { record } from '#safeguards/audit';
import type { Bench } from './bench.ts';
import { insertContact } from './contact.ts';
import { freshId, openInstallation } from './installation.ts';

/** What everything else is measured against: a transaction with a row and its audit entry, as one organisation. */
export default {
  say: 'what tenant isolation and audit cost against the same row in an unprotected table',
  atOnce: 8,
  operations: 8_000,
  async open() {
    const { ctx, organisation, bare, close } = await openInstallation(8);
    await bare.query('create table public.contacts (like app.contacts including indexes)');
    const plain = async () => {
      const client = await bare.connect();
      const { text, values } = insertContact(organisation, freshId());
      await client.query('begin');
      await client.query(text.replace('app.contacts', 'public.contacts'), [...values]);
      await client.query('commit');
      client.release();
    };
    const tenant = (work: 'row' | 'row and entry') => () => {
      const id = freshId();
      return ctx.db.tenant(organisation, async (tx) => {
        await tx.run(insertContact(organisation, id));
        if (work === 'row') return;
        await record(ctx, tx, { organisation, actor: 'system', action: 'contact.added', object: `contact:${id}` });
      });
    };
    return {
      variants: {
        'plain transaction, row': plain,
        'tenant transaction, row': tenant('row'),
        'tenant transaction, row and audit entry': tenant('row and entry'),
      },
      close,
    };
  },
} satisfies Bench;
