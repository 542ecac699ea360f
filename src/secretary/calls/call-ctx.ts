import type { Ctx, Id, Item } from '#base';
import type { Carrier } from '#adapters/carriers';
import type { TextModel } from '#adapters/models';
import type { Region } from '#rules';
import type { Credentials } from '#safeguards/accounts';

/** What answering calls needs besides the senses: the catalogues, loaded once at start. */
export type CallCtx = Ctx & {
  readonly carriers: readonly Item<Carrier>[];
  readonly models: readonly Item<TextModel>[];
  readonly regions: readonly Item<Region>[];
  /** Verification keys of carriers, open for a moment. */
  readonly credentials: Credentials;
  /** Origin that carriers call and sign, without a slash at the end. */
  readonly publicUrl: () => string;
};

/** A call and whose it is. */
export type CallRef = { readonly organisation: Id; readonly id: Id };
