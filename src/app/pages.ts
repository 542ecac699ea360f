import { Type } from 'typebox';
import { problem, sql, type Config, type Ctx } from '#base';
import { openapi, route, type Route } from '#edge';

const version = '0.1.0';

/** Whether the installation lives and can take calls. */
export function healthRoutes(ctx: Pick<Ctx, 'db' | 'keys'>, takesCalls: () => boolean): Route[] {
  const ok = Type.Object({ status: Type.Literal('ok') });
  return [
    route({
      method: 'GET',
      path: '/healthz',
      say: 'The process is alive.',
      may: 'public',
      limit: 'health',
      audits: null,
      output: { 200: ok },
      run: async () => ({ status: 200 as const, json: { status: 'ok' as const } }),
    }),
    route({
      method: 'GET',
      path: '/readyz',
      say: 'Database, keystore and live audio answer: calls can be taken.',
      may: 'public',
      limit: 'public',
      audits: null,
      output: { 200: ok },
      async run() {
        if (!takesCalls())
          throw problem('not-running', 'Sotto is finishing its last calls, or what carries live audio is starting.');
        await ctx.db.open((tx) => tx.one(sql`select 1 as one`));
        ctx.keys.derive('readiness');
        return { status: 200 as const, json: { status: 'ok' as const } };
      },
    }),
  ];
}

/** The OpenAPI document of all routes, itself among them. */
export function documentRoute(all: () => readonly Route[], publicUrl: () => string): Route {
  return route({
    method: 'GET',
    path: '/api/openapi.json',
    say: 'This document.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.Record(Type.String(), Type.Unknown()) },
    run: async () => ({
      status: 200 as const,
      json: { ...openapi(all(), { title: 'Sotto', version, url: publicUrl() }) },
    }),
  });
}

/** What whoever starts an installation is told while nobody has an account there. */
export type FirstSteps = {
  readonly code: string;
  /** False at the machine itself, where nothing else reaches it. */
  readonly isNeeded: boolean;
};

/** The block printed when the product is up. */
export function welcome(config: Config, url: string, first?: FirstSteps): string {
  return `
  Sotto answers at ${url}
${first ? beginning(url, first) : ''}
    A whole call, offline     ./sotto demo
    What it promises          ${url}/trust
    The API                   ${url}/api/openapi.json
    Your own number           ./sotto setup --help
    Data                      ${config.databaseUrl ? 'PostgreSQL of SOTTO_DATABASE_URL' : `${config.dataDir} (embedded PostgreSQL)`}
    Stop                      Ctrl-C

  What follows is the log. First Sotto rings and attacks itself for the trust page: those refusals are its own.
`;
}

function beginning(url: string, { code, isNeeded }: FirstSteps): string {
  return `
    Make your account         ${url}/welcome
    ${isNeeded ? 'with this code       ' : 'from elsewhere with  '}     ${code}
`;
}
