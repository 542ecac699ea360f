import type { Config } from './config.ts';
import type { Mistake } from './problems.ts';

/** What belongs together: a provider needs all of its settings. */
const groups = [
  [
    ['googleClientId', 'SOTTO_GOOGLE_CLIENT_ID'],
    ['googleClientSecret', 'SOTTO_GOOGLE_CLIENT_SECRET'],
  ],
  [
    ['oidcIssuer', 'SOTTO_OIDC_ISSUER'],
    ['oidcClientId', 'SOTTO_OIDC_CLIENT_ID'],
    ['oidcClientSecret', 'SOTTO_OIDC_CLIENT_SECRET'],
  ],
] as const;

type Given = Pick<Config, 'googleClientId' | 'googleClientSecret' | 'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret'>;

/** Settings that a provider people sign in with lacks. */
export function outsideMistakes(config: Given): Mistake[] {
  return groups.flatMap((group) => {
    const missing = group.filter(([name]) => config[name] === undefined);
    const there = group.find(([name]) => config[name] !== undefined);
    return there ? missing.map(([, env]) => ({ at: env, fix: `must be set with ${there[1]}` })) : [];
  });
}
