import type { TestContext } from 'node:test';
import type { Means, Verdict } from '#trust';
import { openProvingGround, type ProvingGround } from '../proving.ts';

/**
 * One way to break, on purpose and for real, the control behind a claim. The file is named by the claim's id; its default
 * export is one mutation or several. Never breaks the claim, its probe or its counterexample: what is broken is what keeps
 * the promise, and where another way is possible, not in the way that the counterexample has.
 */
export type Mutation = {
  /** What is broken, in some words: "the policy on calls is dropped". */
  readonly breaks: string;
  /** What the evidence has to say: what and where. */
  readonly found: RegExp;
  /** Whether it is tried by every `npm test`; all are by `npm run mutate`. */
  readonly isQuick: boolean;
  /** Changes of the product's source, made in a copy; empty when something else is broken. */
  readonly edits: readonly Edit[];
  /** Sets the scene and looks at the claim: as it should be, then broken. Of changes of source it plays one of the two. */
  readonly play: (t: TestContext, look: Look, version: Version) => Promise<Played>;
};

/** In `file`, `from` stands exactly once; anything else means that the mutation is out of date, and is said. */
export type Edit = { readonly file: `src/${string}.ts`; readonly from: string; readonly to: string };

/** What this process runs: the checkout, or a copy in which the source was changed. */
export type Version = 'whole' | 'edited';

type Look = (means: Means) => Promise<Verdict>;
export type Played = { readonly whole?: Verdict; readonly broken?: Verdict };

/** Where a mutation plays: at least what the prover needs. */
type Scene = { readonly means: Means };

type Breakage<S> =
  /** Source is changed; the scene is then played by that source. */
  | { readonly kind: 'source'; readonly edits: readonly [Edit, ...Edit[]] }
  /** Done to the scene after the claim was seen whole: SQL as administrator, rows, keys, files. */
  | { readonly kind: 'deed'; readonly deed: (scene: S) => Promise<void> }
  /** A step that keeps the promise, such as a reconciler's run, and is left out. */
  | { readonly kind: 'omission'; readonly step: (scene: S) => Promise<void> }
  /** Another setting, given to the scene. */
  | { readonly kind: 'setting'; readonly env: Env };

type Env = Readonly<Record<string, string>>;
type Told = Pick<Mutation, 'breaks' | 'found'> & { readonly quick?: true };

/** A mutation on a proving ground with nothing in it but what every installation has. */
export function mutation(given: Told & Breakage<ProvingGround>): Mutation {
  return mutationIn(openGround, given);
}

/** A mutation in a scene of its own, which `open` sets: calls, holds, recordings. All that it opens ends with `t`. */
export function mutationIn<S extends Scene>(
  open: (t: TestContext, env: Env) => Promise<S>,
  { breaks, found, quick, ...breakage }: Told & Breakage<S>,
): Mutation {
  return {
    breaks,
    found,
    isQuick: quick ?? false,
    edits: breakage.kind === 'source' ? breakage.edits : [],
    async play(t, look, version) {
      if (breakage.kind === 'setting') {
        const whole = await look((await open(t, {})).means);
        return { whole, broken: await look((await open(t, breakage.env)).means) };
      }
      const scene = await open(t, {});
      if (version === 'edited') return { broken: await look(scene.means) };
      if (breakage.kind === 'omission') {
        await breakage.step(scene);
        const whole = await look(scene.means);
        return { whole, broken: await look((await open(t, {})).means) };
      }
      const whole = await look(scene.means);
      if (breakage.kind === 'source') return { whole };
      await breakage.deed(scene);
      return { whole, broken: await look(scene.means) };
    },
  };
}

/** A proving ground that ends with the test. */
export async function openGround(
  t: TestContext,
  env: Env = {},
  options: Omit<Parameters<typeof openProvingGround>[0] & {}, 'env'> = {},
): Promise<ProvingGround> {
  const ground = await openProvingGround({ env, ...options });
  t.after(() => ground.close());
  return ground;
}
