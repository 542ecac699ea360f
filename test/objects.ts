import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openHttp, outside, readConfig, systemClock, systemRandom } from '#base';
import { openObjects, type ObjectStore } from '#adapters/objects';

/** An object store on disk that can be told to be down, and its folder. It goes with the test. */
export type TestObjects = ObjectStore & {
  readonly folder: string;
  /** While true every request fails as a busy store's does. */
  isDown: boolean;
  /** Puts something where nothing of ours would put it. */
  plant(name: string, bytes: Buffer): Promise<void>;
  /** How often it was asked to put something, in vain or not. */
  puts: number;
};

type Ending = { after(work: () => Promise<void>): void };

export async function testObjects(t: Ending): Promise<TestObjects> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-objects-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const config = readConfig({ SOTTO_DATA_DIR: folder });
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  const real = await openObjects({ config, clock: systemClock, random: systemRandom, http });
  const unlessDown = async <T>(work: () => Promise<T>): Promise<T> => {
    if (objects.isDown) throw outside('objects', 'busy');
    return work();
  };
  const objects: TestObjects = {
    folder,
    isDown: false,
    puts: 0,
    put(name, bytes) {
      objects.puts += 1;
      return unlessDown(() => real.put(name, bytes));
    },
    async plant(name, bytes) {
      const file = join(folder, 'objects', name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
    get: (name) => unlessDown(() => real.get(name)),
    delete: (name) => unlessDown(() => real.delete(name)),
    head: (name) => unlessDown(() => real.head(name)),
    list: (prefix, page) => unlessDown(() => real.list(prefix, page)),
  };
  return objects;
}
