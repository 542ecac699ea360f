import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './db.ts';
import type { Http } from './http.ts';
import type { Keystore } from './keystore.ts';
import type { Log } from './log.ts';
import type { Random } from './random.ts';

/**
 * The senses: everything that reaches outside the process. Functions ask for what they use
 * (`Pick<Ctx, 'db' | 'clock'>`). Behaviour is never added here; it is imported.
 */
export type Ctx = {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly db: Db;
  readonly keys: Keystore;
  readonly http: Http;
  readonly log: Log;
};
