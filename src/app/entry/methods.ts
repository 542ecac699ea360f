import { Type } from 'typebox';
import type { Config } from '#base';
import { route, type Route } from '#edge';
import { passkeyPlace, providersOf } from '#safeguards/factors';
import { isFirstRunOpen, type IdentityCtx } from '#safeguards/identity';

type MethodsCtx = IdentityCtx & { readonly config: Config };

/** How one can sign in here: what the page for it shows, and what it leaves out. */
export function methodRoutes(ctx: MethodsCtx): Route[] {
  return [methods(ctx)];
}

const said = Type.Object({
  password: Type.Boolean(),
  link: Type.Union([Type.Literal('mail'), Type.Literal('outbox')], {
    description: '`outbox`: no mail leaves; whoever runs this installation reads the link with ./sotto outbox',
  }),
  passkey: Type.Object({
    possible: Type.Boolean(),
    at: Type.Union([Type.String(), Type.Null()], {
      description: 'The origin at which passkeys work; null where the installation is reached by an address',
    }),
  }),
  providers: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  signUp: Type.Boolean({ description: 'somebody new may sign up by mail at this moment' }),
  firstRun: Type.Boolean({ description: 'the first account is still to be made' }),
});

function methods(ctx: MethodsCtx): Route {
  const providers = providersOf(ctx.config).map(({ name: id, label }) => ({ id, name: label }));
  return route({
    method: 'GET',
    path: '/api/v1/sign-in/methods',
    say: 'How one can sign in here, and whether somebody new can come in.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: said },
    async run() {
      const firstRun = await isFirstRunOpen(ctx);
      const at = passkeyPlace(ctx);
      return {
        status: 200 as const,
        json: {
          password: true,
          link: ctx.config.mail === 'outbox' ? ('outbox' as const) : ('mail' as const),
          passkey: { possible: at !== undefined, at: at ?? null },
          providers: [...providers],
          signUp: ctx.config.signUp === 'open' || firstRun,
          firstRun,
        },
      };
    },
  });
}
