import type { Ctx, Id } from '#base';

/** What the functions of this module reach outside with. */
export type IdentityCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random' | 'config' | 'log'> & {
  /** The origin under which the world reaches us: what links begin with. */
  publicUrl(): string;
  /**
   * Makes what a business works with, unless it has it: called for every organisation that somebody makes or comes in to.
   * `wishes` are those of the first run. Can be repeated.
   */
  prepare?(organisation: Id, wishes?: unknown): Promise<void>;
};

/** The first factor that somebody signed in with. `outside` is another identity provider. */
export type FirstFactor = 'password' | 'link' | 'passkey' | 'outside';

/** A session and the only copy of its token. `expiresAt` in milliseconds since the epoch. */
export type NewSession = { readonly token: string; readonly expiresAt: number; readonly identity: Id };

/** How far a sign-in has come: done, or waiting for the second factor that this identity has. */
export type SignInState =
  | ({ readonly state: 'signed-in' } & NewSession)
  | { readonly state: 'second-factor'; readonly pending: string };
