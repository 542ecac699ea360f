import type { Ctx, Id } from '#base';

/** What the functions of this module reach outside with. */
export type IdentityCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random' | 'config' | 'log'> & {
  /** The origin under which the world reaches us: what links begin with. */
  publicUrl(): string;
  /**
   * Makes what a business works with, unless it has it: called for every organisation that somebody founds or comes in
   * to. Can be repeated.
   */
  prepare?(organisation: Id, founding?: Founding): Promise<void>;
};

/** Who has just founded an organisation, and what they want of it beyond its name: as the first run was told it. */
export type Founding = { readonly owner: Id; readonly wishes: unknown };

/** The first factor that somebody signed in with. `outside` is another identity provider. */
export type FirstFactor = 'password' | 'link' | 'passkey' | 'outside';

/** A session and the only copy of its token. `expiresAt` in milliseconds since the epoch. */
export type NewSession = { readonly token: string; readonly expiresAt: number; readonly identity: Id };

/** How far a sign-in has come: done, or waiting for the second factor that this identity has. */
export type SignInState =
  | ({ readonly state: 'signed-in' } & NewSession)
  | { readonly state: 'second-factor'; readonly pending: string };
