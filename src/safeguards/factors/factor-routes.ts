import { Type } from 'typebox';
import { iso, Personal } from '#base';
import { route, type Route } from '#edge';
import { addPasskey, passkeyCreation } from './add-passkey.ts';
import { code, codesOf, id, instant, name, recoveryCodes, withCookie } from './answers.ts';
import { beginTotp, confirmTotp, removeTotp } from './authenticator.ts';
import { listFactors } from './factor-list.ts';
import { creationOptions, registration } from './passkey-shapes.ts';
import { removePasskey, renamePasskey } from './passkeys.ts';
import { remakeRecoveryCodes } from './remake-recovery-codes.ts';
import type { FactorCtx } from './types.ts';

/**
 * The factors of whoever is signed in. That the first one needs a session that has just begun, and every later change a
 * fresh one, is looked at where it happens, because it depends on what there is.
 */
const own = { may: { session: 'any' }, limit: 'api' } as const;
const freshly = { may: { session: 'fresh' }, limit: 'api' } as const;

export function ownFactorRoutes(ctx: FactorCtx): Route[] {
  return [all(ctx), ...totp(ctx), remake(ctx), ...passkeys(ctx), ...onePasskey(ctx)];
}

function all(ctx: FactorCtx): Route {
  const nullable = Type.Union([instant, Type.Null()]);
  const named = Type.Union([Type.String(), Type.Null()]);
  return route({
    ...own,
    method: 'GET',
    path: '/api/v1/session/factors',
    say: 'What whoever asks can sign in with besides a password and a link.',
    audits: 'read.factors',
    output: {
      200: Type.Object({
        totp: Type.Boolean(),
        recoveryCodes: Type.Integer(),
        passkeys: Type.Array(
          Type.Object({ id, name: named, synced: Type.Boolean(), createdAt: instant, lastUsedAt: nullable }),
        ),
        outside: Type.Array(
          Type.Object({ id, provider: Type.String(), label: named, linkedAt: instant, lastUsedAt: nullable }),
        ),
      }),
    },
    async run({ who }) {
      const found = await listFactors(ctx, who);
      const at = (ms: number | null) => (ms === null ? null : iso(ms));
      const keys = found.passkeys.map((one) => ({
        id: one.id,
        name: one.name?.reveal() ?? null,
        synced: one.isSynced,
        createdAt: iso(one.createdAt),
        lastUsedAt: at(one.lastUsedAt),
      }));
      const outside = found.outside.map((one) => ({
        id: one.id,
        provider: one.provider,
        label: one.label?.reveal() ?? null,
        linkedAt: iso(one.linkedAt),
        lastUsedAt: at(one.lastUsedAt),
      }));
      return { status: 200 as const, json: { ...found, passkeys: keys, outside } };
    },
  });
}

function totp(ctx: FactorCtx): Route[] {
  const path = '/api/v1/session/totp';
  return [
    route({
      ...own,
      method: 'POST',
      path,
      say: 'Begins to set up an authenticator app. The secret is shown this once, for the app to keep; nothing counts before a code has come back.',
      audits: null,
      output: { 200: Type.Object({ secret: Type.String(), uri: Type.String() }) },
      async run({ who }) {
        const { secret, uri } = await beginTotp(ctx, who);
        return { status: 200 as const, json: { secret: secret.reveal(), uri: uri.reveal() } };
      },
    }),
    route({
      ...own,
      method: 'POST',
      path: `${path}/confirm`,
      say: 'A code of the authenticator app that is being set up: from now on it counts. All other sessions end, and the cookie is replaced. A first factor is added within ten minutes of a sign-in, and comes with recovery codes.',
      audits: 'totp.added',
      body: Type.Object({ code }),
      output: { 200: Type.Object({ expiresAt: instant, recoveryCodes }) },
      async run({ who, body, from }) {
        const done = await confirmTotp(ctx, { signedIn: who, from }, body.code);
        return withCookie(ctx, done, codesOf(done));
      },
    }),
    route({
      ...freshly,
      method: 'DELETE',
      path,
      say: 'Removes the authenticator app. All other sessions end.',
      audits: 'totp.removed',
      output: { 204: Type.Null() },
      async run({ who, from }) {
        await removeTotp(ctx, { signedIn: who, from });
        return { status: 204 as const, json: null };
      },
    }),
  ];
}

function remake(ctx: FactorCtx): Route {
  return route({
    ...freshly,
    method: 'POST',
    path: '/api/v1/session/recovery-codes',
    say: 'Makes ten new recovery codes, shown this once. The old ones end, and so do all other sessions.',
    audits: 'recovery-codes.made',
    output: { 200: Type.Object({ recoveryCodes: Type.Array(Type.String()) }) },
    async run({ who, from }) {
      const codes = await remakeRecoveryCodes(ctx, { signedIn: who, from });
      return { status: 200 as const, json: { recoveryCodes: [...codes] } };
    },
  });
}

const passkeysPath = '/api/v1/session/passkeys';

function passkeys(ctx: FactorCtx): Route[] {
  return [
    route({
      ...own,
      method: 'POST',
      path: `${passkeysPath}/options`,
      say: 'What a browser needs to make a passkey (PublicKeyCredential.parseCreationOptionsFromJSON). Good for one within five minutes.',
      audits: null,
      output: { 200: creationOptions },
      run: async ({ who }) => ({ status: 200 as const, json: await passkeyCreation(ctx, who) }),
    }),
    route({
      ...own,
      method: 'POST',
      path: passkeysPath,
      say: 'Adds the passkey that the browser has made. All other sessions end, and the cookie is replaced. A first factor is added within ten minutes of a sign-in, and comes with recovery codes.',
      audits: 'passkey.added',
      body: Type.Object({ name, passkey: registration }),
      output: { 200: Type.Object({ id, expiresAt: instant, recoveryCodes }) },
      async run({ who, body, from }) {
        const given = { name: new Personal(body.name), passkey: body.passkey };
        const done = await addPasskey(ctx, { signedIn: who, from }, given);
        return withCookie(ctx, done, { id: done.id, ...codesOf(done) });
      },
    }),
  ];
}

function onePasskey(ctx: FactorCtx): Route[] {
  const params = Type.Object({ id });
  return [
    route({
      ...own,
      method: 'PUT',
      path: `${passkeysPath}/:id/name`,
      say: 'Renames a passkey.',
      audits: 'passkey.renamed',
      params,
      body: Type.Object({ name }),
      output: { 204: Type.Null() },
      async run({ who, params: of, body, from }) {
        await renamePasskey(ctx, { signedIn: who, from }, { id: of.id, name: new Personal(body.name) });
        return { status: 204 as const, json: null };
      },
    }),
    route({
      ...freshly,
      method: 'DELETE',
      path: `${passkeysPath}/:id`,
      say: 'Removes a passkey. All other sessions end.',
      audits: 'passkey.removed',
      params,
      output: { 204: Type.Null() },
      async run({ who, params: of, from }) {
        await removePasskey(ctx, { signedIn: who, from }, of.id);
        return { status: 204 as const, json: null };
      },
    }),
  ];
}
