import { problem } from '#base';
import type { KeyProvider } from '../key-provider.ts';
import { localRoot } from '../local-root.ts';

/**
 * The root key as 64 hex digits in SOTTO_ROOT_KEY: for platforms that hand secrets to a process that way. The one that is
 * to take its place is in SOTTO_ROOT_KEY_NEXT, of every process before it is rotated; none can be put there from here.
 */
export default {
  isSetUp: ({ rootKey }) => rootKey !== undefined,
  open: async ({ rootKey }, { random }) => localRoot(keyIn('SOTTO_ROOT_KEY', rootKey), random),
  async next({ rootKeyNext }, { create, random }) {
    if (rootKeyNext === undefined && !create) return [];
    return [{ root: localRoot(keyIn('SOTTO_ROOT_KEY_NEXT', rootKeyNext), random), settle: async () => {} }];
  },
} satisfies KeyProvider;

function keyIn(name: string, value: string | undefined): Buffer {
  if (value !== undefined && /^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex');
  throw problem('root-key-unreadable', `${name} must be 64 hex digits, e.g. from: openssl rand -hex 32`);
}
