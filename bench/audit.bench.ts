import { record } from '#safeguards/audit';
import type { Bench } from './bench.ts';
import { insertContact } from './contact.ts';
import { freshId, openInstallation } from './installation.ts';

/** Budget: the entry adds at most 1 ms at p50 to the transaction it rides in. */
export default {
  say: 'what an audit entry adds to the tenant transaction it rides in',
  atOnce: 1,
  operations: 2_000,
  async open() {
    const { ctx, organisation, close } = await openInstallation(1);
    const transaction = (audit: 'none' | 'entry' | 'details') => () => {
      const id = freshId();
      return ctx.db.tenant(organisation, async (tx) => {
        await tx.run(insertContact(organisation, id));
        if (audit === 'none') return;
        const details = audit === 'details' ? { kind: 'benchmark', count: 1 } : undefined;
        await record(ctx, tx, {
          organisation,
          actor: 'system',
          action: 'contact.added',
          object: `contact:${id}`,
          details,
        });
      });
    };
    return {
      variants: {
        'row': transaction('none'),
        'row and entry': transaction('entry'),
        'row and entry with sealed details': transaction('details'),
      },
      close,
    };
  },
} satisfies Bench;
