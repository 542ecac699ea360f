import { Type } from 'typebox';
import { isProblem, markup, Personal, type Markup } from '#base';
import { route, type Route } from '#edge';
import { askToSubscribe, confirmSubscription, endSubscription, readLink, registerState } from '#safeguards/register';
import type { Language } from '../claim.ts';
import { answerPage, pageOutput, readerOf } from './page-routes.ts';
import { processorsBody } from './processors-body.ts';
import { processorsWords } from './processors-words.ts';
import type { TrustCtx } from './trust-page.ts';

/** Whoever has the link may act: nobody else learns it. */
const forHolders = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } as const;

const path = '/trust/processors/subscription';
const html = Type.String({ contentMediaType: 'text/html' });
const link = { id: Type.String({ maxLength: 36 }), token: Type.String({ maxLength: 100 }) };

/** To be told of changes of the register: asked for, confirmed by a link, ended by a link. */
export function subscriptionRoutes(ctx: TrustCtx): readonly Route[] {
  return [askRoute(ctx), linkRoute(ctx), actRoute(ctx)];
}

function askRoute(ctx: TrustCtx): Route {
  return route({
    method: 'POST',
    path,
    say: 'Takes a mail address that wants to be told of changes of the register; a link to confirm it goes there.',
    may: 'public',
    limit: 'report',
    audits: 'subscription.asked',
    form: true,
    body: Type.Object({ address: Type.String({ maxLength: 1_000, description: 'One mail address.' }) }),
    output: { ...pageOutput, 400: html },
    async run(request) {
      const { language } = readerOf(request);
      const wrong = await ask(ctx, request.body.address, language);
      const page = await answerPage(ctx, request, async () =>
        wrong === undefined
          ? { path: '/trust/processors', ...told(language, 'asked') }
          : {
              path: '/trust/processors',
              title: processorsWords[language].title,
              body: processorsBody(await registerState(ctx), language, wrong),
              hasForm: true,
            },
      );
      return page.status === 200 && wrong !== undefined ? { ...page, status: 400 as const } : page;
    },
  });
}

async function ask(ctx: TrustCtx, address: string, language: Language): Promise<'wrong' | 'busy' | undefined> {
  try {
    await askToSubscribe(ctx, { address: new Personal(address), language });
    return undefined;
  } catch (error) {
    if (isProblem(error, 'busy')) return 'busy';
    if (isProblem(error, 'input-invalid')) return 'wrong';
    throw error;
  }
}

/** Where the link of a mail leads. Nothing happens by looking: programs that read mails open links too. */
function linkRoute(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path,
    say: 'The page to which the links of mails about the register lead: it asks before anything is confirmed or ended.',
    may: 'public',
    limit: 'public',
    audits: null,
    query: Type.Object({
      id: Type.Optional(link.id),
      token: Type.Optional(link.token),
      lang: Type.Optional(Type.String()),
    }),
    output: pageOutput,
    async run(request) {
      const { id = '', token = '' } = request.query;
      const known = readLink(ctx, { id, token });
      const page = await answerPage(ctx, request, async ({ language }) => ({
        path: '/trust/processors',
        ...(known ? question(language, known.purpose, { id, token }) : told(language, 'over')),
        hasForm: true,
      }));
      return { ...page, headers: { ...page.headers, ...forHolders } };
    },
  });
}

function actRoute(ctx: TrustCtx): Route {
  return route({
    method: 'POST',
    path: `${path}/answer`,
    say: 'Confirms or ends a subscription to changes of the register, for whoever holds the link of a mail.',
    may: 'public',
    limit: 'report',
    audits: 'subscription.begun',
    form: true,
    body: Type.Object(link),
    output: pageOutput,
    async run(request) {
      const known = readLink(ctx, request.body);
      const isConfirmed = known?.purpose === 'confirm' && (await confirmSubscription(ctx, known.id));
      if (known?.purpose === 'end') await endSubscription(ctx, known.id);
      const page = await answerPage(ctx, request, async ({ language }) => ({
        path: '/trust/processors',
        ...told(language, isConfirmed ? 'confirmed' : 'over'),
      }));
      return { ...page, headers: { ...page.headers, ...forHolders } };
    },
  });
}

function told(language: Language, what: 'asked' | 'confirmed' | 'over'): { title: string; body: Markup } {
  const text = processorsWords[language];
  const { title, says } = text[what];
  return { title, body: markup`<p>${says}</p><p><a href="/trust/processors">${text.back}</a></p>` };
}

function question(
  language: Language,
  purpose: 'confirm' | 'end',
  { id, token }: { readonly id: string; readonly token: string },
): { title: string; body: Markup } {
  const text = processorsWords[language];
  const { title, says, button } = text[purpose];
  const body = markup`<p>${says}</p>
<form method="post" action="${path}/answer?lang=${language}">
<input type="hidden" name="id" value="${id}"><input type="hidden" name="token" value="${token}">
<p><button type="submit">${button}</button></p>
</form>
<p><a href="/trust/processors">${text.back}</a></p>`;
  return { title, body };
}
