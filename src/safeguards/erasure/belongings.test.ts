import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#base';
import { openErasing } from '../../../test/erasing.ts';
import { homes, partsOfCall, staying } from './index.ts';

type Named = { readonly table: string; readonly column: string };

test('every table that names a call, a contact or a number is erased with it, or says why it stays', async (t) => {
  const { ctx, keeping } = await openErasing(t);
  const { organisation } = keeping.businesses[0];
  const named = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<Named>(sql`
      select c.relname::text as table, a.attname::text as column
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and (
        a.attname ~ '(^|_)(call|contact)_id$' or a.attname ~ '^(phone|caller|callback)_index$')`),
  );
  const referring = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<Named>(sql`
      select c.conrelid::regclass::text as table, c.conname::text as column from pg_constraint c
      where c.contype = 'f' and c.confrelid in ('app.calls'::regclass, 'app.contacts'::regclass)`),
  );
  const known = new Set<string>([
    ...Object.values(homes).map(({ table }) => table),
    ...partsOfCall,
    ...Object.keys(staying),
  ]);
  const unknown = [...named, ...referring].filter(({ table }) => !known.has(table.replace('app.', '')));
  assert.deepEqual(unknown, [], 'add it to belongings.ts');
  assert.ok(named.length >= known.size - 1, 'and the catalogue was looked at');
  const staysReferring = referring.filter(({ table }) => Object.hasOwn(staying, table.replace('app.', '')));
  assert.deepEqual(staysReferring, [], 'what stays holds no call back by a foreign key');
});
