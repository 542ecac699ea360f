import { problem } from '#base';
import type { KeyProvider } from '../key-provider.ts';
import { localRoot } from '../local-root.ts';

/** The root key as 64 hex digits in SOTTO_ROOT_KEY: for platforms that hand secrets to a process that way. */
export default {
  chosen: (config) => config.rootKey !== undefined,
  async open(config, { random }) {
    if (config.rootKey === undefined || !/^[0-9a-f]{64}$/i.test(config.rootKey)) {
      throw problem('root-key-unreadable', 'SOTTO_ROOT_KEY must be 64 hex digits, e.g. from: openssl rand -hex 32');
    }
    return localRoot(Buffer.from(config.rootKey, 'hex'), random);
  },
} satisfies KeyProvider;
