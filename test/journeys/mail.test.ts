import assert from 'node:assert/strict';
import { test } from 'node:test';
import PostalMime from 'postal-mime';
import { Personal } from '#base';
import { notify } from '#safeguards/notices';
import { mailServer } from '../mail-server.ts';
import { world } from '../world.ts';

test('the running product sends what was written, and accounts for the connection', async (t) => {
  const server = await mailServer(t, { hasStarttls: false });
  const env = {
    ...server.env(),
    SOTTO_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    SOTTO_PUBLIC_URL: 'https://phone.example.com',
    SOTTO_ALLOW_HOSTS: '127.0.0.1',
  };
  const { ctx, app, demo, logged } = await world(t, { env });
  const { organisation } = demo;
  const url = 'https://phone.example.com/invitations#token=abc';
  const notice = { kind: 'invitation', organisation: 'Casa Pepe', by: 'Ana Núñez', url, days: 7 } as const;
  const to = new Personal('bea@example.com');
  await ctx.db.tenant(organisation, (tx) => notify(ctx, tx, { organisation, to, language: 'es-MX', notice }));
  const { to: recipients, raw } = await server.first;
  const { subject, text = '', html = '' } = await PostalMime.parse(raw);
  assert.deepEqual([recipients, subject], [['bea@example.com'], 'Una invitación a Sotto']);
  assert.ok(text.includes(url) && text.includes('Ana Núñez') && html.includes(`href="${url}"`));
  const [verdict] = await app.proveNow(['nothing-goes-to-an-unlisted-host']);
  // The claim knows no place of this world's PostgreSQL, so it names that; it must not name the mail server.
  assert.doesNotMatch(JSON.stringify(verdict), new RegExp(`:${server.port}\\b`));
  // Whole words: ids hold any letters from a to f.
  assert.doesNotMatch(JSON.stringify(logged), /\b(?:bea|abc)\b|Núñez|Casa/);
});
