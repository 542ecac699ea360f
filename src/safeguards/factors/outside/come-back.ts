import { isProblem, Outside, Personal, problem, type Id, type ProblemCode } from '#base';
import type { Sender } from '#edge';
import { isAddress } from '#safeguards/accounts';
import { beginSession, goOn, signUpVouched, type SignInState } from '#safeguards/identity';
import type { FactorCtx, Renewed } from '../types.ts';
import { takeFlow, type Errand, type Flow } from './flow.ts';
import { identityOfOutsider, insertLink, linkOutsider, requireLink } from './links.ts';
import type { Clients } from './provider-client.ts';
import type { Provider } from './providers.ts';
import { vouchedIn, type Vouched } from './visit.ts';

type Returning = {
  readonly provider: Provider;
  /** From the browser's cookie. */
  readonly token: string | undefined;
  readonly query: string;
  readonly from: Sender;
};

/** What the browser gets: a session, or the wait for a second factor. */
type Got = { readonly renewed: Renewed } | { readonly pending: string };

/**
 * What came of it, and where the browser goes on. `errand` is what it had been sent for; undefined when it was sent for
 * nothing that is known any more.
 */
export type Returned = { readonly next: string; readonly errand: Errand['for'] | undefined } & (
  | Got
  | { readonly refused: ProblemCode }
);

/**
 * Somebody comes back from another provider. The flow is over with that, whatever comes of it. Refuses with
 * `sign-in-expired`, `outside-refused`, `outside-unknown`, `outside-unverified`, `outside-taken`, `sign-up-closed`,
 * `sign-in-needed`, or `vendor-failed` when the provider does not answer.
 */
export async function comeBack(ctx: FactorCtx, clients: Clients, returning: Returning): Promise<Returned> {
  const flow = await takeFlow(ctx, returning.provider.name, returning.token).catch(refusal);
  if ('refused' in flow) return { ...flow, next: '/', errand: undefined };
  const { next, for: errand } = flow.errand;
  return { next, errand, ...(await received(ctx, clients, { ...returning, ...flow }).catch(refusal)) };
}

/** What the page is told of it; what is our own fault stays one. */
function refusal(error: unknown): { readonly refused: ProblemCode } {
  if (isProblem(error)) return { refused: error.code };
  if (error instanceof Outside) return { refused: error.kind === 'busy' ? 'vendor-busy' : 'vendor-failed' };
  throw error;
}

async function received(ctx: FactorCtx, clients: Clients, returning: Returning & Flow): Promise<Got> {
  const { provider, token = '', query, from, id, errand } = returning;
  const vouched = await vouchedIn(ctx, provider, await clients(provider), { token, query });
  if (errand.for === 'link') {
    const { identity, session } = errand;
    const acting = { signedIn: { identity, session, freshAt: undefined }, from };
    return { renewed: await linkOutsider(ctx, acting, vouched) };
  }
  const known = await identityOfOutsider(ctx, vouched);
  if (known !== undefined) return ended(await signIn(ctx, known, { vouched, from }));
  if (errand.for === 'sign-in') throw unknown();
  return ended(await signUp(ctx, id, { errand, vouched, from }));
}

/** The provider's word stands for the first factor; who has a second one is asked for it. */
async function signIn(
  ctx: FactorCtx,
  identity: Id,
  { vouched, from }: { readonly vouched: Vouched; readonly from: Sender },
): Promise<SignInState> {
  return goOn(ctx, { identity, by: 'outside', from }, (tx) => requireLink(ctx, tx, { outsider: vouched, identity }));
}

type SigningUp = {
  readonly errand: Extract<Errand, { for: 'sign-up' }>;
  readonly vouched: Vouched;
  readonly from: Sender;
};

async function signUp(ctx: FactorCtx, id: Id, { errand, vouched, from }: SigningUp): Promise<SignInState> {
  if (!vouched.email || !vouched.isVerified || !isAddress(vouched.email.reveal())) {
    throw problem(
      'outside-unverified',
      'That provider does not say that the address is checked. Sign up by a mailed link.',
    );
  }
  const { organisation } = errand;
  const given = { id, email: vouched.email, name: new Personal(errand.name), organisation };
  const identity = await signUpVouched(ctx, given, (tx, made) =>
    insertLink(ctx, tx, { outsider: vouched, identity: made, from }),
  );
  if (identity === undefined) throw unknown();
  return beginSession(ctx, { identity, by: 'outside', from });
}

function ended(state: SignInState): Got {
  return state.state === 'signed-in' ? { renewed: state } : { pending: state.pending };
}

function unknown() {
  return problem(
    'outside-unknown',
    'Nobody here has linked that account. Sign in another way and link it, or sign up with it if you are new.',
  );
}
