import { Type } from 'typebox';
import { iso, isProblem, Personal, problem } from '#base';
import { route, type Route } from '#edge';
import { isoOrNull, receiveReport, reportByReceipt, severities, clockNames, reasons } from '#safeguards/disclosure';
import { languages } from '../claim.ts';
import { answerPage, pageOutput, readerOf } from './page-routes.ts';
import { insistShown, publicationOf } from './publication.ts';
import { receiptBody, type ShownReport } from './receipt-body.ts';
import { securityBody, type Typed } from './security-body.ts';
import { securityState } from './security-state.ts';
import { securityWords } from './security-words.ts';
import type { TrustCtx } from './trust-page.ts';

const most = { title: 200, details: 20_000, contact: 254 } as const;

/** Nobody but whoever asked may keep it, and nobody it leads to learns of it. */
const forHolders = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } as const;

/** What is sent from the page and by programs, and where a report stands. */
export function securityRoutes(ctx: TrustCtx): readonly Route[] {
  return [formRoute(ctx), intakeRoute(ctx), receiptRoute(ctx), receiptData(ctx)];
}

const html = Type.String({ contentMediaType: 'text/html' });

/** The form of the page. What is wrong with it is said there, with all that was typed. */
function formRoute(ctx: TrustCtx): Route {
  const typed = (description: string) => Type.String({ maxLength: 60_000, description });
  return route({
    method: 'POST',
    path: '/trust/security',
    say: 'Takes the report of a weakness from the form of the page, and leads to the page on which its state is shown.',
    may: 'public',
    limit: 'report',
    audits: 'report.received',
    form: true,
    body: Type.Object({
      title: typed('What it is, in one line.'),
      details: typed('What was done and seen.'),
      contact: typed('A mail address, or empty.'),
      form: typed('As the page gave it.'),
    }),
    output: { ...pageOutput, 303: html, 400: html },
    async run(request) {
      const { title, details, contact, form } = request.body;
      const { language } = readerOf(request);
      const mistakes = mistakesIn(request.body);
      const sent = mistakes.length > 0 ? { wrong: mistakes } : await send(ctx, { ...request.body, language });
      if ('token' in sent) {
        const location = `/trust/security/report/${sent.token}?lang=${language}`;
        return {
          status: 303 as const,
          headers: { ...forHolders, 'content-language': language, 'vary': 'accept-language', location },
          contentType: 'text/html; charset=utf-8',
          body: '',
        };
      }
      const typedSoFar: Typed = { title, details, contact, wrong: sent.wrong };
      const page = await answerPage(ctx, request, async () => {
        const state = await securityState(ctx);
        // What was refused for being sent with an old form gets a new one; otherwise it stays one report.
        const own = sent.wrong.includes('form') ? state : { ...state, form };
        return {
          path: '/trust/security',
          title: securityWords[language].title,
          body: securityBody(own, language, typedSoFar),
          hasForm: true,
        };
      });
      return page.status === 200 ? { ...page, status: 400 as const } : page;
    },
  });
}

type Fields = Readonly<Record<'title' | 'details' | 'contact' | 'form', string>>;

function mistakesIn({ title, details }: Fields): Typed['wrong'] {
  const isLine = title.trim() !== '' && title.length <= most.title && !/[\r\n]/.test(title.trim());
  // A browser sends each end of a line as two characters, and counts one (HTML standard, form submission).
  const length = details.replaceAll('\r\n', '\n').length;
  return [
    ...(isLine ? [] : (['name'] as const)),
    ...(details.trim() !== '' && length <= most.details ? [] : (['details'] as const)),
  ];
}

async function send(
  ctx: TrustCtx,
  { contact, ...report }: Fields & { readonly language: string },
): Promise<{ readonly token: string } | { readonly wrong: Typed['wrong'] }> {
  try {
    return { token: await receiveReport(ctx, { ...report, contact: new Personal(contact) }) };
  } catch (error) {
    if (isProblem(error, 'rate-limited')) return { wrong: ['busy'] };
    if (!isProblem(error, 'input-invalid')) throw error;
    return { wrong: [error.mistakes.some(({ at }) => at === '/contact') ? 'contact' : 'form'] };
  }
}

/** The same for programs. */
function intakeRoute(ctx: TrustCtx): Route {
  return route({
    method: 'POST',
    path: '/trust/security/reports',
    say: 'Takes the report of a weakness of this installation. Anybody may send one; the receipt is given this once.',
    may: 'public',
    limit: 'report',
    audits: 'report.received',
    problems: ['trust-not-published'],
    body: Type.Object({
      title: Type.String({ minLength: 1, maxLength: most.title }),
      details: Type.String({ minLength: 1, maxLength: most.details }),
      contact: Type.Optional(
        Type.String({ maxLength: most.contact, description: 'A mail address that is told of each step.' }),
      ),
      language: Type.Optional(
        Type.Enum([...languages], { description: 'Of the mails to `contact`; else that of Accept-Language.' }),
      ),
    }),
    output: {
      201: Type.Object({
        receipt: { ...Type.String(), description: 'Opens the state of this report, and is kept nowhere.' },
        page: { ...Type.String(), description: 'The same for people.' },
      }),
    },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      const { title, details, contact = '', language = readerOf(request).language } = request.body;
      const token = await receiveReport(ctx, { title, details, contact: new Personal(contact), language });
      const at = `${ctx.publicUrl()}/trust/security/report`;
      const json = { receipt: `${at}s/${token}`, page: `${at}/${token}` };
      return { status: 201 as const, headers: forHolders, json };
    },
  });
}

const receipt = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) });

function receiptRoute(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/security/report/:token',
    say: 'Where a report stands, for whoever holds its receipt: times, severity, answers. Not what was reported.',
    may: 'public',
    limit: 'public',
    audits: null,
    params: receipt,
    problems: ['not-found'],
    output: pageOutput,
    async run(request) {
      const report = await heldBy(ctx, request.params.token);
      const page = await answerPage(ctx, request, async ({ language }) => ({
        path: `/trust/security/report/${request.params.token}`,
        title: securityWords[language].receipt.title,
        body: receiptBody(report, language),
      }));
      return { ...page, headers: { ...page.headers, ...forHolders } };
    },
  });
}

const instant = Type.String({ format: 'date-time' });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

function receiptData(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/security/reports/:token',
    say: 'The same for programs.',
    may: 'public',
    limit: 'public',
    audits: null,
    params: receipt,
    problems: ['not-found'],
    output: {
      200: Type.Object({
        receivedAt: instant,
        severity: orNull(Type.Enum([...severities])),
        closedAt: orNull(instant),
        reason: orNull(Type.Enum([...reasons])),
        clocks: Type.Array(Type.Object({ what: Type.Enum([...clockNames]), dueAt: instant, doneAt: orNull(instant) })),
        answers: Type.Array(Type.Object({ at: instant, text: Type.String() })),
      }),
    },
    async run({ params }) {
      const { receivedAt, severity, closedAt, reason, clocks, replies } = await heldBy(ctx, params.token);
      const json = {
        receivedAt: iso(receivedAt),
        severity,
        closedAt: isoOrNull(closedAt),
        reason,
        clocks: clocks.map(({ what, due, doneAt }) => ({ what, dueAt: iso(due), doneAt: isoOrNull(doneAt) })),
        answers: replies.map(({ at, text }) => ({ at: iso(at), text })),
      };
      return { status: 200 as const, headers: forHolders, json };
    },
  });
}

/** Throws `not-found`. */
async function heldBy(ctx: TrustCtx, token: string): Promise<ShownReport> {
  const report = await reportByReceipt(ctx, token);
  if (!report) throw problem('not-found', 'No report has that receipt. Was it copied whole?');
  return report;
}
