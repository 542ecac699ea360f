import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { newId, openDb, readConfig, systemClock, systemRandom, type Ctx, type Id } from '#base';
import { prepareDatabase, startEmbedded, tenantKey } from '#database';
import { makeOrganisation } from '#safeguards/accounts';
import { reach } from '#safeguards/audit';
import { openKeystore } from '#safeguards/vault';
import { noWayOut } from '../test/no-way-out.ts';

/** An installation as it runs for users, every commit on disk, in a folder that goes away afterwards. */
export type Installation = {
  readonly ctx: Pick<Ctx, 'clock' | 'random' | 'db' | 'keys'>;
  readonly organisation: Id;
  /** How another process signs in to it as the application. */
  readonly connection: pg.ClientConfig;
  /** PostgreSQL without any of our protection: the owner of the schema, who can make tables to compare with. */
  readonly bare: pg.Pool;
  close(): Promise<void>;
};

export async function openInstallation(poolSize: number): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
  const senses = { clock: systemClock, random: systemRandom, log: () => {} };
  const keys = await openKeystore({ ...senses, config: readConfig({ SOTTO_DATA_DIR: dataDir }), http: noWayOut });
  const derive = (purpose: string) => keys.derive(purpose);
  const server = await startEmbedded({ ...senses, dataDir, port: 0, derive });
  const prepared = await prepareDatabase(server.admin, { ...senses, derive, reach });
  const db = openDb({ connection: prepared.connection('app'), role: 'app', tenantKey: tenantKey(derive), poolSize });
  const bare = new pg.Pool({ ...server.admin, max: poolSize });
  // Connections that are still closing when the server stops are told so, which is no failure.
  bare.on('error', () => {});
  const ctx = { ...senses, db, keys };
  const organisation = await makeOrganisation(ctx, {
    kind: 'customer',
    name: 'Benchmark',
    timeZone: 'Etc/UTC',
    language: 'en',
    region: 'US',
  });
  return {
    ctx,
    organisation,
    connection: prepared.connection('app'),
    bare,
    async close() {
      await db.close();
      await bare.end();
      await keys.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A fresh id, as rows get them in the product. */
export function freshId(): Id {
  return newId({ clock: systemClock, random: systemRandom });
}
