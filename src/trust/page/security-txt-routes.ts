import { Type } from 'typebox';
import { problem } from '#base';
import { route, type Route } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { securityTxt } from '#safeguards/disclosure';
import { profileOf } from '#safeguards/profiles';
import { languages } from '../claim.ts';
import type { TrustCtx } from './trust-page.ts';

const plain = 'text/plain; charset=utf-8';
const text = Type.String({ contentMediaType: 'text/plain' });

/** `/.well-known/security.txt` (RFC 9116), and the way to it from where it lay before that. */
export function securityTxtRoutes(ctx: TrustCtx): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/.well-known/security.txt',
      say: 'Whom to write to about a weakness (RFC 9116). Not there while the installation has no security contact.',
      may: 'public',
      limit: 'public',
      audits: null,
      problems: ['not-found'],
      output: { 200: text },
      async run() {
        const { securityContact: contact } = await ctx.db.tenant(instanceId, (tx) => profileOf(tx, instanceId));
        if (contact === null) throw problem('not-found', 'Nobody has said yet whom to write to: ./sotto trust set.');
        const body = securityTxt({ origin: ctx.publicUrl(), contact, now: ctx.clock.now(), languages });
        return { status: 200 as const, contentType: plain, body };
      },
    }),
    route({
      method: 'GET',
      path: '/security.txt',
      say: 'Leads to /.well-known/security.txt (RFC 9116 §3).',
      may: 'public',
      limit: 'public',
      audits: null,
      output: { 308: text },
      run: async () => ({
        status: 308 as const,
        headers: { location: '/.well-known/security.txt' },
        contentType: plain,
        body: '',
      }),
    }),
  ];
}
