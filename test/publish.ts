import type { Ctx, Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import { setProfile } from '#safeguards/profiles';

/** Says who stands behind the pages of the installation, or of an organisation, so that everybody sees them. */
export async function publish(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>,
  of?: { readonly organisation: Id; readonly slug: string },
): Promise<void> {
  const organisation = of?.organisation ?? instanceId;
  const change = {
    legalName: 'Harbour Dental Group LLC',
    address: '1 Pier Road, Portland, ME 04101, USA',
    privacyContact: 'privacy@harbour.example',
    supportContact: 'https://harbour.example/help',
    securityContact: 'security@harbour.example',
    slug: of?.slug ?? null,
  };
  await ctx.db.tenant(organisation, (tx) => setProfile(ctx, tx, { organisation, change }));
}
