import { Type, type Static } from 'typebox';
import { Personal, problem, type Config, type Mistake } from '#base';
import { route, type Route, type RouteRequest } from '#edge';
import {
  answerOf,
  clearTries,
  failedTry,
  fillInMistakes,
  findIdentity,
  firstRun,
  firstRunCode,
  isFirstRunCode,
  isFirstRunOpen,
  signInAnswer,
  type IdentityCtx,
  type PasswordMeans,
} from '#safeguards/identity';
import { purposes } from '#safeguards/retention';
import { textMistakes } from '#secretary/agent';
import { hoursMistakes } from '#secretary/appointments';
import type { Wishes } from '../prepare-business.ts';
import { chosenDays, daysMistakes, presetNames } from '../keeping/shapes.ts';
import type { FirstSteps } from '../pages.ts';
import { isAtThisMachine, isForThisMachine } from './at-this-machine.ts';

type FirstRunCtx = IdentityCtx & { readonly config: Config };

/** The first account of an installation, which owns it: made once, without mail. */
export function firstRunRoutes(ctx: FirstRunCtx, means: PasswordMeans): Route[] {
  return [shown(ctx), made(ctx, means)];
}

/** What whoever starts this installation needs to make its first account; undefined once there is one. */
export async function firstStepsOf(ctx: Pick<FirstRunCtx, 'db' | 'keys' | 'config'>): Promise<FirstSteps | undefined> {
  if (!(await isFirstRunOpen(ctx))) return undefined;
  return { code: firstRunCode(ctx), isNeeded: !isForThisMachine(ctx.config) };
}

function shown(ctx: FirstRunCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/first-run',
    say: 'Whether the first account is still to be made, and whether it takes the code that Sotto printed at its start. At the machine itself, where nothing else can reach it, it takes none.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.Object({ open: Type.Boolean(), needsCode: Type.Boolean() }) },
    run: async (request) => ({
      status: 200 as const,
      json: { open: await isFirstRunOpen(ctx), needsCode: !isAtThisMachine(ctx.config, request) },
    }),
  });
}

const name = Type.String({ minLength: 1, maxLength: 100 });
const day = Type.Array(Type.Object({ from: Type.String({ maxLength: 5 }), to: Type.String({ maxLength: 5 }) }), {
  maxItems: 12,
});
const filledIn = Type.Object({
  email: Type.String({ minLength: 3, maxLength: 254 }),
  name,
  password: Type.String({ minLength: 1, maxLength: 1024 }),
  code: Type.Optional(Type.String({ maxLength: 64, description: 'printed when Sotto started; where it is needed' })),
  organisation: Type.Object({
    name,
    timeZone: Type.String({ maxLength: 64, description: 'IANA time zone' }),
    language: Type.String({ maxLength: 35, description: 'BCP 47 language tag' }),
    region: Type.String({ maxLength: 6, description: 'ISO 3166 country or subdivision; decides the disclosure' }),
  }),
  hours: Type.Object({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
  greeting: Type.Optional(Type.String({ maxLength: 500, description: 'said after the disclosure' })),
  purposes: Type.Array(Type.Enum([...purposes]), {
    maxItems: 4,
    description: 'what the data of callers may be used for; taking messages always',
  }),
  keeping: Type.Union([
    Type.Object({ preset: Type.Enum([...presetNames]) }),
    Type.Object({ preset: Type.Literal('custom'), days: chosenDays }),
  ]),
});

function made(ctx: FirstRunCtx, means: PasswordMeans): Route {
  return route({
    method: 'POST',
    path: '/api/v1/first-run',
    say: 'Makes the first account, the organisation it owns and a secretary for it, and signs in. Once: whoever comes later gets `first-run-over`. The address counts as proven when a link that was mailed to it is used.',
    may: 'public',
    limit: 'sign-in',
    audits: 'identity.made',
    body: filledIn,
    output: { 200: signInAnswer },
    async run(request) {
      const { email: typed, name: called, password, organisation } = request.body;
      refuseMistakes(request.body);
      await requireOpen(ctx);
      const email = new Personal(typed);
      const isLocal = isAtThisMachine(ctx.config, request);
      if (!isLocal) await requireCode(ctx, email, request);
      const wishes = wishesIn(request.body);
      const given = { email, name: new Personal(called), password: new Personal(password), organisation, wishes };
      const state = await firstRun(ctx, means, { ...given, from: request.from });
      const identity = isLocal ? undefined : await findIdentity(ctx, email);
      if (identity !== undefined) await clearTries(ctx, { identity, from: request.from });
      return answerOf(ctx, state);
    },
  });
}

function wishesIn({ hours, greeting, purposes: agreed, keeping }: Static<typeof filledIn>): Wishes {
  return { hours, ...(greeting !== undefined && { greeting }), purposes: agreed, keeping };
}

type Said = Pick<Static<typeof filledIn>, 'hours' | 'greeting' | 'keeping'> & FilledIn;

/** All that making the business would refuse: what fails once the account is there can be mended by nobody. */
function refuseMistakes(body: Said): void {
  const { hours, greeting = '' } = body;
  const mistakes: Mistake[] = [
    ...fillInMistakes(body),
    ...hoursMistakes(hours),
    ...textMistakes('/greeting', greeting),
    ...('days' in body.keeping ? daysMistakes(body.keeping.days) : []),
  ];
  if (mistakes.length > 0) throw problem('input-invalid', 'The first run has mistakes.', { mistakes });
}

type FilledIn = Parameters<typeof fillInMistakes>[0];

/** Nothing is guessed at once there is an account. */
async function requireOpen(ctx: FirstRunCtx): Promise<void> {
  if (await isFirstRunOpen(ctx)) return;
  if (ctx.config.signUp === 'closed')
    throw problem('sign-up-closed', 'SOTTO_SIGN_UP is closed, so that no first account is made here either.');
  throw problem('first-run-over', 'The first account exists already. Sign in, or ask its owner for an invitation.');
}

/** The code is counted as a password is: before it is looked at. Throws `first-run-code-wrong`, `sign-in-paused`. */
async function requireCode(
  ctx: FirstRunCtx,
  email: Personal,
  { body, from }: Pick<RouteRequest<unknown, unknown, { readonly code?: string }>, 'body' | 'from'>,
): Promise<void> {
  if (body.code !== undefined) {
    await failedTry(ctx, { email, from });
    if (isFirstRunCode(ctx, body.code)) return;
  }
  throw problem(
    'first-run-code-wrong',
    'Type the code that Sotto printed when it started, or open it on the machine it runs on.',
  );
}
