import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import type { Role } from '#access';
import { Personal, type Ctx, type Id } from '#base';
import { addPerson, instanceId } from '#safeguards/accounts';
import { beginSession, joinOrganisation, provenIdentity, type IdentityCtx } from '#safeguards/identity';
import { sender } from './house.ts';

/** Someone who is signed in at a browser: who they are, and what their browser sends along. */
export type Signed = { readonly identity: Id; readonly person: Id; readonly session: Id; readonly cookie: string };

type Reach = Ctx & Pick<IdentityCtx, 'publicUrl'>;

/** Makes a member of the organisation and signs them in. */
export async function signedMember(ctx: Reach, organisation: Id, role: Role, email = `${role}@example.com`) {
  const [name, address] = [new Personal('Member'), new Personal(email)];
  const { identity } = await ctx.db.tenant(instanceId, (tx) =>
    provenIdentity(ctx, tx, { email: address, name, language: 'en' }),
  );
  const person = await ctx.db.tenant(organisation, async (tx) => {
    const id = await addPerson(ctx, tx, { organisation, role, name, email: address });
    await joinOrganisation(ctx, tx, { organisation, person: id, identity });
    return id;
  });
  const state = await beginSession(ctx, { identity, by: 'link', from: sender(), isFresh: true });
  assert.ok(state.state === 'signed-in');
  return { identity, person, cookie: `sotto=${state.token}` };
}

/** What a browser is told over the socket of its call. */
export type Told = { readonly tell: string } & Readonly<Record<string, unknown>>;

/** The browser's end of one call. */
export type WebCaller = {
  readonly told: readonly Told[];
  send(message: object): void;
  /** The first message that suits, of those that came and those to come. Rejects when the socket ends without one. */
  until(suits: (told: Told) => boolean): Promise<Told>;
  /** Resolves once something was said to its end that matches, after everything that was asked for before. */
  hears(words: RegExp): Promise<string>;
  /** Waits until the secretary listens, and types. */
  types(text: string): Promise<void>;
  readonly closed: Promise<readonly [number, string]>;
  leave(): void;
};

/** Opens the socket of a call as a page of the dashboard does. Rejects with the status when it is refused. */
export async function webCaller(
  t: Pick<TestContext, 'after'>,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<WebCaller> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/call`, { headers: { origin: url, ...headers } });
  t.after(() => socket.terminate());
  const told: Told[] = [];
  const bells = new Set<() => void>();
  const ring = () => bells.forEach((bell) => bell());
  socket.on('message', (data: Buffer) => {
    told.push(JSON.parse(data.toString('utf8')) as Told);
    ring();
  });
  const closed = new Promise<readonly [number, string]>((resolve) => {
    socket.on('close', (code, reason) => {
      resolve([code, reason.toString()]);
      ring();
    });
  });
  const refused = once(socket, 'unexpected-response').then(([, response]) => {
    throw new Error(`refused with ${(response as { statusCode: number }).statusCode}`);
  });
  socket.on('error', () => {});
  await Promise.race([once(socket, 'open'), refused]);
  refused.catch(() => {});
  let heardUpTo = 0;
  const until = (suits: (one: Told, at: number) => boolean): Promise<Told> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = told.find(suits);
        if (!found && socket.readyState !== WebSocket.CLOSED) return;
        bells.delete(look);
        if (found) resolve(found);
        else reject(new Error(`the socket ended after ${JSON.stringify(told.slice(-6))}`));
      };
      bells.add(look);
      look();
    });
  const send = (message: object) => socket.send(JSON.stringify(message));
  return {
    told,
    closed,
    send,
    until,
    async hears(words) {
      const said = await until(
        ({ tell, text }, at) => at >= heardUpTo && tell === 'saying' && words.test(String(text)),
      );
      heardUpTo = told.indexOf(said) + 1;
      await until(({ tell, n }) => tell === 'said' && n === said['n']);
      return String(said['text']);
    },
    async types(text) {
      send({ do: 'say', text });
      await until(({ tell, entries }) => tell === 'entries' && JSON.stringify(entries).includes(JSON.stringify(text)));
    },
    leave: () => socket.terminate(),
  };
}
