import type { Ctx, Id } from '#base';
import type { Sender, SignedIn } from '#edge';
import type { IdentityCtx } from '#safeguards/identity';

/** What the functions of this module reach outside with. */
export type FactorCtx = IdentityCtx & Pick<Ctx, 'http'>;

/** Who acts on their own factors, and from where. */
export type Acting = { readonly signedIn: SignedIn; readonly from: Sender };

/** The new token of a session whose owner has just shown a factor. */
export type Renewed = { readonly token: string; readonly expiresAt: number };

/** Somebody to whom a factor belongs, and where what they show comes from. */
export type Showing = { readonly identity: Id; readonly from: Sender };
