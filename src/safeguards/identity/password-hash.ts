import { argon2, timingSafeEqual } from 'node:crypto';
import { problem, type Ctx } from '#base';

/**
 * Checks and makes password hashes, few at a time: each takes 19 MiB and some 40 ms of a core on purpose, and whoever
 * asks for a thousand at once must not take a gigabyte with it.
 */
export type Passwords = {
  /**
   * Runs `work` when it is its turn; `busy` when too many wait. All of a sign-in runs in one turn, so that nothing is
   * counted against anybody whose password was not looked at.
   */
  turn<T>(work: (hasher: Hasher) => Promise<T>): Promise<T>;
  /** How many hashes were made: what a check costs, for those who compare. */
  hashes(): number;
};

export type Hasher = {
  /** The hash to keep, as a PHC string. */
  make(password: string): Promise<string>;
  /** Costs one hash whether or not there is anything to compare with. */
  check(password: string, kept: string | undefined): Promise<boolean>;
};

type Parameters = { readonly memory: number; readonly passes: number; readonly parallelism: number };

/** OWASP Password Storage Cheat Sheet, Argon2id: m = 19 MiB, t = 2, p = 1. */
const current: Parameters = { memory: 19_456, passes: 2, parallelism: 1 };

const limits = { running: 2, waiting: 32 };

/** `parameters` other than today's are for tests of what becomes of hashes when they grow. */
export function openPasswords(
  ctx: Pick<Ctx, 'random' | 'keys'>,
  { parameters = current, running = limits.running, waiting = limits.waiting } = {},
): Passwords {
  const queue: (() => void)[] = [];
  const state = { running: 0, hashes: 0 };
  const derive = (password: string, salt: Buffer, given: Parameters) => {
    state.hashes += 1;
    return argon2id(password, { salt, given, pepper: ctx.keys.derive('password-pepper') });
  };
  const hasher: Hasher = {
    async make(password) {
      const salt = ctx.random.bytes(16);
      return written(parameters, salt, await derive(password, salt, parameters));
    },
    async check(password, kept) {
      const read = kept === undefined ? undefined : parsed(kept);
      const salt = read?.salt ?? Buffer.alloc(16);
      const made = await derive(password, salt, read?.parameters ?? parameters);
      const expected = read?.hash ?? Buffer.alloc(made.length);
      return made.length === expected.length && timingSafeEqual(made, expected) && read !== undefined;
    },
  };
  return {
    hashes: () => state.hashes,
    async turn(work) {
      if (state.running < running) state.running += 1;
      else if (queue.length < waiting) await new Promise<void>((resolve) => queue.push(resolve));
      else throw problem('busy', 'Try again in a few seconds.', { retryAfterMs: 5_000 });
      try {
        return await work(hasher);
      } finally {
        // Whoever waits longest takes over the place; nobody comes in between.
        const next = queue.shift();
        if (next) next();
        else state.running -= 1;
      }
    },
  };
}

/** True when a hash was made with less than is asked today and must be made anew at the next right password. */
export function isOutdated(kept: string, wanted: Parameters = current): boolean {
  const read = parsed(kept)?.parameters;
  return !read || read.memory < wanted.memory || read.passes < wanted.passes;
}

type Derivation = { readonly salt: Buffer; readonly given: Parameters; readonly pepper: Buffer };

/** RFC 9106, with the pepper as its secret value K: without the root key no guess can be tried. */
function argon2id(password: string, { salt, given, pepper }: Derivation): Promise<Buffer> {
  const { memory, passes, parallelism } = given;
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message, nonce: salt, parallelism, tagLength: 32, memory, passes, secret: pepper },
      (error, hash) => (error ? reject(error) : resolve(hash)),
    );
  });
}

/** PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, base64 without padding. */
function written({ memory, passes, parallelism }: Parameters, salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

function parsed(kept: string): { parameters: Parameters; salt: Buffer; hash: Buffer } | undefined {
  const found = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]{11,86})\$([\w+/]{43})$/.exec(kept);
  if (!found) return undefined;
  const [memory, passes, parallelism] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const salt = Buffer.from(found[4]!, 'base64');
  return { parameters: { memory, passes, parallelism }, salt, hash: Buffer.from(found[5]!, 'base64') };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
