import { Type } from 'typebox';
import { iso, problem } from '#base';
import { route, type Route } from '#edge';
import { logKeys } from '#safeguards/log';
import { claimHistory } from '../history.ts';
import { loadClaims } from '../prove-all.ts';
import { claimPlace, keeperPlaces } from '../sources.ts';
import { trustState } from '../state.ts';
import { claimBody, type ClaimDetails } from './claim-page.ts';
import { answerPage, pageOutput } from './page-routes.ts';
import type { TrustCtx } from './trust-page.ts';

const mostTurns = 20;

/** `/trust/claims/<id>`: one promise with all that is known of it here. */
export function claimRoutes(ctx: TrustCtx): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/trust/claims/:claim',
      say: 'Trust Center: one promise, how it is kept, its last proof, its history, and how to check it oneself.',
      may: 'public',
      limit: 'public',
      audits: null,
      params: Type.Object({ claim: Type.String({ pattern: '^[a-z0-9-]{1,80}$' }) }),
      problems: ['not-found'],
      output: pageOutput,
      async run(request) {
        const details = await detailsOf(ctx, request.params.claim);
        return answerPage(ctx, request, ({ language }) =>
          Promise.resolve({
            path: `/trust/claims/${details.claim.id}`,
            title: details.claim.say[language],
            body: claimBody(details, language),
          }),
        );
      },
    }),
  ];
}

/** Throws `not-found` for what is no claim of this version. */
async function detailsOf(ctx: TrustCtx, id: string): Promise<ClaimDetails> {
  const loaded = (await loadClaims()).find((one) => one.id === id);
  if (!loaded) throw problem('not-found', 'There is no promise of that name.');
  const [{ claims }, turns, keys] = await Promise.all([
    trustState(ctx),
    claimHistory(ctx, id, { limit: mostTurns }),
    logKeys(ctx),
  ]);
  const claim = claims.find((one) => one.id === id);
  if (!claim) throw new TypeError('every claim has a state');
  return {
    claim,
    keys,
    kept: loaded.item.kind === 'proven' ? await keeperPlaces(id, loaded.item.kept) : [],
    own: claimPlace(id),
    turns: turns.items.map((turn) => ({
      ...turn,
      at: iso(turn.at),
      until: turn.until === null ? null : iso(turn.until),
    })),
    sourceUrl: ctx.config.sourceUrl,
    origin: ctx.publicUrl(),
  };
}
