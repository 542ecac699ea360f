import { markup, problem, type Ctx, type Id, type Markup } from '#base';
import type { RouteRequest } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { missingIn, profileOf, type KeptProfile } from '#safeguards/profiles';
import type { Language } from '../claim.ts';
import { publicationWords, type Missing } from './publication-words.ts';
import type { TrustCtx } from './trust-page.ts';

/** Whose pages these are, and whether everybody may see them. */
export type Publication = {
  readonly profile: KeptProfile;
  readonly missing: readonly Missing[];
  /** Undefined for the installation's own. */
  readonly organisation: Id | undefined;
};

/** Whether the pages of the installation, or of one organisation, are published, and what is missing if not. */
export async function publicationOf(ctx: Pick<Ctx, 'db'>, organisation?: Id): Promise<Publication> {
  const own = await ctx.db.tenant(instanceId, (tx) => profileOf(tx, instanceId));
  const missing = missingIn(own, 'instance');
  if (organisation === undefined) return { profile: own, missing, organisation };
  const profile = await ctx.db.tenant(organisation, (tx) => profileOf(tx, organisation));
  const below: readonly Missing[] = missing.length > 0 ? ['installation'] : [];
  return { profile, missing: [...missingIn(profile, 'organisation'), ...below], organisation };
}

/** Whether that reader sees them: everybody what is published, drafts whoever may see them. */
export async function isShown(
  ctx: TrustCtx,
  { missing, organisation }: Publication,
  request: Pick<RouteRequest, 'headers' | 'from'>,
): Promise<boolean> {
  return missing.length === 0 || ctx.maySeeDrafts(request, organisation);
}

/** `isShown` for programs. Throws `trust-not-published`. */
export async function insistShown(
  ctx: TrustCtx,
  publication: Publication,
  request: Pick<RouteRequest, 'headers' | 'from'>,
): Promise<void> {
  if (await isShown(ctx, publication, request)) return;
  throw problem('trust-not-published', 'Nobody has said yet who stands behind this page.');
}

/** Stands above a draft: that strangers do not see it, and what is missing. */
export function draftNotice({ missing, organisation }: Publication, language: Language): Markup {
  const text = publicationWords[language];
  if (missing.length === 0) return markup``;
  return markup`<aside class="draft" aria-label="${text.draft}"><p><strong>${text.draft}</strong> ${text.missing} ${missing.map((field, at) => markup`${at > 0 && ', '}${text.fields[field]}`)}.</p>
${organisation === undefined ? markup`<p><code>./sotto trust set --help</code></p>` : markup`<p><a href="/settings">${text.settings}</a></p>`}</aside>`;
}

/** What a stranger gets of pages that are nobody's yet. */
export function notPublished(language: Language): { readonly title: string; readonly body: Markup } {
  const text = publicationWords[language];
  return { title: text.notYet, body: markup`<p class="intro">${text.notYetWhy}</p>` };
}
