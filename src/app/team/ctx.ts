import type { Ctx } from '#base';
import type { Sender, Who } from '#edge';
import type { Asking, Vendors } from '#safeguards/accounts';
import { senderDetails } from '#safeguards/audit';

/** What the routes of a team need: the senses, the catalogues, and the origin that links in mails lead to. */
export type TeamCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random' | 'config' | 'http'> &
  Vendors & { readonly publicUrl: () => string };

/** Who asks, with what the audit log keeps of where they are. */
export async function askingOf(
  ctx: Pick<Ctx, 'keys'>,
  { who, from }: { readonly who: Who; readonly from: Sender },
): Promise<Asking> {
  return { who, sender: await senderDetails(ctx, from) };
}
