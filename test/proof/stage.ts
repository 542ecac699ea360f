import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openObjects } from '#adapters/objects';
import { openServer, type Route, type Server, type SocketRoute } from '#edge';
import { askerByKey } from '#safeguards/accounts';
import { askerBySession } from '#safeguards/identity';
import { forgetful } from '../edge.ts';
import { publish } from '../publish.ts';
import { sequenceNow } from '../sequencing.ts';
import { world, type World } from '../world.ts';
import { openValve, traced } from './ask.ts';
import { memberSignedIn, openPersonas, type Persona, type Personas } from './persona.ts';
import { stillClock } from './still-clock.ts';
import { openSide, type Kinds, type Side, type SideCtx } from './side.ts';

/** Where the world reaches it. */
export const origin = 'https://phone.example.com';

/** The whole product with two organisations that hold the same things, and everybody who could ask. */
export type Stage = {
  readonly ctx: SideCtx;
  readonly world: World;
  readonly ours: Side;
  readonly theirs: Side;
  readonly personas: Personas;
  /** Who owns the other organisation. */
  readonly neighbour: Persona;
  /** What was listed in our organisation at first: nothing of it is changed afterwards. */
  readonly book: Kinds;
  /** Who has read which kind of words, as `owner transcripts:read`. */
  readonly seen: Set<string>;
  /** A word that never came before. */
  once(): string;
  /** A server of other routes, for the same people and organisations: for faults that are planted. */
  serve(routes: readonly Route[], sockets?: readonly SocketRoute[]): Promise<Server>;
};

/**
 * Sets it up; everything ends with the test. Its clock stands still, so that answers can be compared byte for byte.
 */
export async function openStage(t: TestContext, env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-proof-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const settings = {
    SOTTO_DATA_DIR: folder,
    SOTTO_SIGN_UP: 'open',
    SOTTO_PUBLIC_URL: origin,
    SOTTO_OIDC_ISSUER: await openProvider(t),
    SOTTO_OIDC_CLIENT_ID: 'sotto',
    SOTTO_OIDC_CLIENT_SECRET: 'a secret of that provider',
    // Nobody listens there: what a provider would say is not what is tried here.
    SOTTO_TWILIO_BASE_URL: 'http://127.0.0.1:9',
    SOTTO_OPENAI_BASE_URL: 'http://127.0.0.1:9',
    ...env,
  };
  const opened = await world(t, { env: settings, clock: stillClock(), between: traced, admit: openValve });
  const ctx = { ...opened.ctx, objects: await openObjects(opened.ctx) };
  const [ours, theirs] = [await openSide(ctx, 'tulip', '+15005550100'), await openSide(ctx, 'zebra', '+15005550101')];
  const personas = await openPersonas(ctx, ours);
  await publish(opened.ctx);
  await sequenceNow(opened.ctx, opened.database);
  const agent = personas.agent.member?.person;
  await ours.recordedCall(agent);
  const entries = Object.entries(ours.kinds).map(([kind, found]) => [kind, new Map(found)]);
  const book = Object.fromEntries(entries) as Kinds;
  let words = 0;
  return {
    ctx,
    world: opened,
    ours,
    theirs,
    personas,
    neighbour: await memberSignedIn(ctx, theirs.owner),
    book,
    seen: new Set(),
    once: () => `once${(words += 1)}`,
    serve: (routes, sockets = []) => serve(t, ctx, { routes, sockets }),
  };
}

/** Another identity provider, as far as somebody who is sent there needs one. Returns its issuer. */
async function openProvider(t: TestContext): Promise<string> {
  const server = createServer((_, response) => {
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const endpoints = {
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ issuer, ...endpoints, response_types_supported: ['code'] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(
  t: TestContext,
  ctx: SideCtx,
  declared: { readonly routes: readonly Route[]; readonly sockets: readonly SocketRoute[] },
): Promise<Server> {
  const server = await openServer(ctx, {
    ...declared,
    admit: openValve,
    repeats: forgetful,
    identify: (shown) =>
      shown.by === 'key' ? askerByKey(ctx, shown.key, shown.from) : askerBySession(ctx, shown.token, shown.from),
  });
  t.after(() => server.close());
  return server;
}
