import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import {
  pause,
  readConfig,
  seededRandom,
  systemClock,
  systemRandom,
  type ContentKey,
  type Id,
  type Keystore,
  type KeySubject,
  type Random,
} from '#base';
import { openKeystore, rotateRootKey } from '#safeguards/vault';
import { noWayOut } from './no-way-out.ts';

const program = fileURLToPath(import.meta.resolve('./children/rotate-keys.ts'));
const organisations = 60;

export type RotationReport = { readonly rounds: number; readonly killed: number; readonly finished: number };

type Kept = { readonly subject: KeySubject; readonly key: ContentKey };
type Index = { readonly organisation: Id; readonly purpose: string; readonly key: Buffer };
type Known = { readonly kept: Kept[]; readonly derived: Buffer; readonly indexes: Index[] };

/**
 * Rounds of rotating the root key, and keys of organisations, in a process that is killed at a random moment, while this
 * one holds the keystore open and makes keys. After every round all that was ever given out opens, here and for whoever
 * starts anew, and in the end exactly one root is active. Throws when not.
 */
export async function rotationRounds(options: {
  readonly rounds: number;
  readonly seed: string;
  readonly tell?: (line: string) => void;
}): Promise<RotationReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-rotation-'));
  const random = seededRandom(options.seed);
  let [killed, finished] = [0, 0];
  try {
    const serving = await open(dataDir);
    const known = await fill(serving);
    for (let round = 0; round < options.rounds; round += 1) {
      const of = round % 3 === 2 ? known.kept[round % organisations]?.subject.organisation : undefined;
      const wasKilled = await strike(dataDir, of, random, () => addOne(serving, known, round));
      if (wasKilled) killed += 1;
      else finished += 1;
      await verify(serving, known);
      const fresh = await open(dataDir);
      await verify(fresh, known);
      await fresh.close();
      await verify(serving, known);
      options.tell?.(`round ${round + 1}/${options.rounds}: ${wasKilled ? 'killed' : 'rotated in time'}`);
    }
    await rotateRootKey(sensesOf(dataDir));
    await verify(serving, known);
    await serving.close();
    assertOneRoot(dataDir);
    const files = await readdir(join(dataDir, 'keys'));
    assert.deepEqual(files.toSorted(), ['keystore.db', 'keystore.db-journal', 'root.key']);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  return { rounds: options.rounds, killed, finished };
}

function sensesOf(dataDir: string) {
  const config = readConfig({ SOTTO_DATA_DIR: dataDir });
  return { config, random: systemRandom, clock: systemClock, http: noWayOut };
}

function open(dataDir: string): Promise<Keystore> {
  return openKeystore(sensesOf(dataDir));
}

function idOf(number: number): Id {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

async function fill(keys: Keystore): Promise<Known> {
  const subjects = Array.from({ length: organisations }, (_, at) => subjectOf(at, 0));
  const kept = await Promise.all(subjects.map(async (subject) => ({ subject, key: await keys.contentKey(subject) })));
  const indexes: Index[] = [];
  for (const { organisation } of subjects) {
    indexes.push({ organisation, purpose: 'phone', key: await keys.indexKey(organisation, 'phone') });
  }
  return { kept, derived: keys.derive('anything'), indexes };
}

function subjectOf(organisation: number, number: number): KeySubject {
  return { organisation: idOf(organisation), kind: 'call', id: idOf(1_000 + number) };
}

const kinds = ['message', 'lead', 'person', 'appointment', 'recording', 'mail', 'account', 'hold'] as const;

/**
 * Keys that are made while keys are rotated, with new steps of the hierarchy above them: an epoch and an index key of an
 * organisation that is there, and an organisation that is new.
 */
async function addOne(keys: Keystore, { kept, indexes }: Known, round: number): Promise<void> {
  const { organisation } = subjectOf(round % organisations, 0);
  const kind = kinds[kept.length % kinds.length] ?? 'call';
  const subjects: KeySubject[] = [
    { ...subjectOf(round % organisations, kept.length), kind },
    subjectOf(organisations + kept.length, 0),
  ];
  for (const subject of subjects) kept.push({ subject, key: await keys.contentKey(subject) });
  const purpose = `purpose ${kept.length}`;
  indexes.push({ organisation, purpose, key: await keys.indexKey(organisation, purpose) });
}

async function strike(
  dataDir: string,
  of: Id | undefined,
  random: Random,
  meanwhile: () => Promise<void>,
): Promise<boolean> {
  const child = spawn(process.execPath, [program, dataDir, ...(of ? [of] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  await begun(child);
  const busy = (async () => {
    while (child.exitCode === null && child.signalCode === null) {
      await meanwhile();
      // Whoever writes without a pause leaves the other no moment to write.
      await Promise.race([pause(systemClock, 10), ended]);
    }
  })();
  await Promise.race([pause(systemClock, random.bytes(2).readUInt16BE() % 500), ended]);
  child.kill('SIGKILL');
  const [code] = (await ended) as [number | null];
  await busy;
  return code !== 0;
}

async function begun(child: ChildProcess): Promise<void> {
  if (child.stdout) await once(child.stdout, 'data');
}

async function verify(keys: Keystore, { kept, derived, indexes }: Known): Promise<void> {
  assert.deepEqual(keys.derive('anything'), derived);
  for (const { subject, key } of kept) {
    assert.deepEqual(await keys.openKey(subject.organisation, key.id), key, 'a key that was given out opens');
    assert.deepEqual(await keys.contentKey(subject), key);
  }
  for (const { organisation, purpose, key } of indexes) {
    assert.deepEqual(await keys.indexKey(organisation, purpose), key);
  }
}

function assertOneRoot(dataDir: string): void {
  const db = new DatabaseSync(join(dataDir, 'keys', 'keystore.db'), { readOnly: true });
  try {
    const states = db
      .prepare("select state, count(*) as rows from roots where state <> 'retired' group by state")
      .all();
    assert.deepEqual(
      states.map((row) => ({ ...row })),
      [{ state: 'active', rows: 1 }],
    );
    const strays = db.prepare(
      "select count(*) as n from organisation_keys where root_id <> (select id from roots where state = 'active')",
    );
    assert.equal(strays.get()?.['n'], 0);
  } finally {
    db.close();
  }
}
