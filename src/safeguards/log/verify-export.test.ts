import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso } from '#base';
import { noteKey, noteSigner, parseCheckpoint, signatureLine } from '#tlog';
import {
  begin,
  exportLines,
  instance,
  leafAt,
  log,
  signersOf,
  vkeys,
  written,
  type Made,
} from '../../../test/log-export.ts';
import type { ExportEntry, ExportGlobal, ExportHead, ExportLine } from './export-format.ts';
import { linesOf } from './export-format.ts';
import type { Trusted } from './trusted.ts';
import { verifyExport, type ExportCheck } from './verify-export.ts';

const keys = vkeys().map((vkey) => noteKey(vkey)!);
const trusted: Trusted = { keys, witnesses: [], seen: new Map() };

const verify = (lines: readonly (ExportLine | string)[], by: Partial<Trusted> = {}): Promise<ExportCheck> =>
  verifyExport(written(lines), { ...trusted, ...by });

const whatOf = ({ faults }: ExportCheck) => faults.map(({ what, where }) => `${what}: ${where}`);

/** The export, with one of its lines changed. */
async function changed<T extends ExportLine>(is: T['is'], at: number, change: (line: T) => unknown, made?: Made) {
  const lines = await exportLines(made);
  const place = lines.flatMap((line, index) => (line.is === is ? [index] : []))[at]!;
  return lines.with(place, change(lines[place] as T) as ExportLine);
}

test('a log that is what it should be is found to be that', async () => {
  const check = await verify(await exportLines());
  assert.deepEqual(check.faults, []);
  assert.deepEqual([check.entries, check.heads, check.notes], [10, 3, []]);
  assert.deepEqual([...check.seen.keys()], [log, instance]);
  assert.equal(check.seen.get(log)!.size, 10);
});

test('without keys those of the file are taken, and that is said', async () => {
  const check = await verify(await exportLines(), { keys: [] });
  assert.deepEqual([check.faults, check.keysFrom], [[], 'from-the-file']);
});

test('an entry that was changed is named, and so is one that was taken out', async () => {
  const edited = leafAt(5, { actor: 'caller' }).toString('utf8');
  const one = await changed<ExportEntry>('entry', 5, (line) => ({ ...line, leaf: edited }));
  assert.deepEqual(whatOf(await verify(one)), ['entry-changed: entry 5']);
  const gone = await changed<ExportEntry>('entry', 5, (line) => ({ ...line, leaf: null }));
  assert.deepEqual(whatOf(await verify(gone)), ['entry-missing: entry 5']);
});

test('who changes an entry together with its hash is found at the next head', async () => {
  const made = await exportLines({
    leaves: Array.from({ length: 10 }, (_, at) => leafAt(at, at === 5 ? { actor: 'caller' } : {})),
  });
  const other = made.find((line) => line.is === 'entry' && line.index === 5)!;
  const one = await changed<ExportEntry>('entry', 5, () => other);
  const check = await verify(one);
  assert.deepEqual(whatOf(check), [`root-differs: head 7 of ${log}`]);
  assert.match(check.faults[0]!.say, /from 4 to 6/);
});

test('entries that change places are found', async () => {
  const lines = await exportLines();
  const place = lines.findIndex((line) => line.is === 'entry' && line.index === 5);
  const swapped = lines.with(place, lines[place + 1]!).with(place + 1, lines[place]!);
  assert.ok(whatOf(await verify(swapped)).includes('entry-misplaced: entry 5'));
  const [one, two] = [lines[place] as ExportEntry, lines[place + 1] as ExportEntry];
  const hidden = swapped.with(place, { ...two, index: 5 }).with(place + 1, { ...one, index: 6 });
  assert.deepEqual(whatOf(await verify(hidden)), [`root-differs: head 7 of ${log}`]);
});

test('what follows from one mistake does not hide another: of each kind the first ten are told, and all are counted', async () => {
  const lines = await exportLines({ leaves: Array.from({ length: 40 }, (_, at) => leafAt(at)) });
  const gone = lines.findIndex((line) => line.is === 'entry' && line.index === 5);
  const check = await verify(lines.with(gone, 'x' as never));
  const kinds = Map.groupBy(check.faults, ({ what }) => what);
  assert.equal(kinds.get('entry-misplaced')?.length, 10);
  assert.ok(check.faultCount > 34, String(check.faultCount));
  for (const kind of ['unreadable', 'root-differs'] as const) assert.ok(kinds.has(kind), kind);
});

test('a file that was cut off, or has something in it that does not belong there, is not believed', async () => {
  const lines: readonly (ExportLine | string)[] = await exportLines();
  assert.deepEqual(whatOf(await verify(lines.slice(0, -1))), ['cut-off: entry 10']);
  assert.ok(whatOf(await verify([])).includes('cut-off: line 1'));
  for (const other of ['', 'null', '{}', '{"is":"entry"}', '{"is":"toString"}', '[]', 'x']) {
    assert.deepEqual(whatOf(await verify(lines.with(3, other))).slice(0, 1), ['unreadable: line 4'], other);
    assert.deepEqual(whatOf(await verify(lines.with(0, other))), ['unreadable: line 1'], other);
  }
  assert.deepEqual(whatOf(await verify([...lines, lines[3]!])), [`unreadable: line ${lines.length + 1}`]);
  const whole = await exportLines();
  const withoutHead = whole.filter(
    (line) => line.is !== 'head' || parseCheckpoint(line.note.split('\n\n')[0]! + '\n')?.size !== 10,
  );
  assert.ok(whatOf(await verify(withoutHead)).includes('head-missing: entry 7'));
  assert.ok(
    whatOf(await verify(whole.filter(({ is }) => is !== 'global'))).some((what) =>
      what.startsWith('cut-off: the global'),
    ),
  );
});

test('a head whose signature, size or time was changed is refused', async () => {
  const bend = (note: string) => note.replace(/\n7\n/, '\n6\n');
  const resized = await changed<ExportHead>('head', 1, (line) => ({ ...line, note: bend(line.note) }));
  assert.deepEqual(whatOf(await verify(resized)), [`head-unsigned: head 7 of ${log}`]);
  const retimed = await changed<ExportHead>('head', 1, (line) => ({ ...line, at: iso(begin + 6 * 60_000) }));
  assert.deepEqual(whatOf(await verify(retimed)), [`not-in-global: head 7 of ${log}`]);
  const bare = await changed<ExportHead>('head', 2, (line) => ({
    ...line,
    note: line.note.split('\n').slice(0, -2).join('\n') + '\n',
  }));
  const check = await verify(bare);
  assert.deepEqual(whatOf(check), [`head-unsigned: head 10 of ${log}`, 'head-missing: entry 7']);
  assert.match(check.faults[0]!.say, /ml-dsa-44/);
});

test('an old head that the global tree does not hold is found', async () => {
  const made: Made = { headAt: (size) => begin + (size === 10 ? 60 : size) * 60_000 };
  const left = await changed<ExportHead>('head', 0, (line) => ({ ...line, global: null }));
  assert.deepEqual(whatOf(await verify(left)), []);
  const lines = await changed<ExportHead>('head', 0, (line) => ({ ...line, global: null }), made);
  const late = lines.map((line) =>
    line.is === 'sotto-audit-export' ? { ...line, made: iso(begin + 3_600_000) } : line,
  );
  assert.deepEqual(whatOf(await verify(late)), [`not-in-global: head 4 of ${log}`]);
});

test('an entry that says it is older than the head before it is back-dated, whoever signed', async () => {
  const at = iso(begin - 3_600_000);
  const leaves = Array.from({ length: 10 }, (_, index) => leafAt(index, index === 8 ? { at } : {}));
  assert.deepEqual(whatOf(await verify(await exportLines({ leaves }))), ['back-dated: entry 8']);
  const later = Array.from({ length: 10 }, (_, index) =>
    leafAt(index, index === 8 ? { at: iso(begin + 3_600_000) } : {}),
  );
  assert.deepEqual(whatOf(await verify(await exportLines({ leaves: later }))), ['back-dated: entry 8']);
});

test('entries of somebody else, and what is no entry, are found', async () => {
  const stranger = leafAt(5, { organisation: '00000000-0000-7000-8000-00000000a002' });
  const leaves = Array.from({ length: 10 }, (_, index) => (index === 5 ? stranger : leafAt(index)));
  assert.deepEqual(whatOf(await verify(await exportLines({ leaves }))), ['entry-foreign: entry 5']);
  const none = Array.from({ length: 10 }, (_, index) => (index === 5 ? Buffer.from('{}') : leafAt(index)));
  assert.deepEqual(whatOf(await verify(await exportLines({ leaves: none }))), ['entry-changed: entry 5']);
});

test('details are those that the entry commits to, or erased, and nothing else', async () => {
  const salt = '09'.repeat(32);
  const opened = async (opening: unknown, at = 5) => {
    const lines = await changed<ExportEntry>('entry', at, (line) => ({ ...line, opening }));
    return verify(lines);
  };
  assert.deepEqual((await opened({ salt, details: { number: 5 } })).openings, { opened: 1, erased: 0 });
  assert.deepEqual((await opened('erased')).openings, { opened: 0, erased: 1 });
  assert.deepEqual(whatOf(await opened(null, 4)), []);
  for (const [opening, at] of [
    [{ salt, details: { number: 6 } }, 5],
    [{ salt: '08'.repeat(32), details: { number: 5 } }, 5],
    [{ salt: '', details: { number: 5 } }, 5],
    [null, 5],
    ['erased', 4],
    [{ salt, details: { number: 4 } }, 4],
  ] as const) {
    assert.deepEqual(whatOf(await opened(opening, at)), [`opening-differs: entry ${at}`]);
  }
});

test('another key is not that of the installation, whatever the file says', async () => {
  const check = await verify(await exportLines({ seed: 50 }));
  assert.ok(whatOf(check).includes('key-swapped: line 1'));
  assert.ok(whatOf(check).includes(`head-unsigned: head 10 of ${log}`));
  const lying = (await exportLines({ seed: 50 })).map((line) =>
    line.is === 'sotto-audit-export' ? { ...line, keys: vkeys() } : line,
  );
  assert.ok(whatOf(await verify(lying)).includes(`head-unsigned: head 10 of ${log}`));
});

test('what was seen before may not be gone, nor be another', async () => {
  const { seen } = await verify(await exportLines());
  assert.deepEqual(whatOf(await verify(await exportLines(), { seen })), []);
  const shorter = await verify(await exportLines({ leaves: Array.from({ length: 7 }, (_, at) => leafAt(at)) }), {
    seen,
  });
  const global = `the global tree ${instance}`;
  assert.deepEqual(whatOf(shorter), [`rolled-back: ${global}`, `rolled-back: head 7 of ${log}`]);
  const leaves = Array.from({ length: 12 }, (_, at) => leafAt(at, at === 9 ? { actor: 'caller' } : {}));
  const forked = await verify(await exportLines({ leaves, heads: [4, 7, 12] }), { seen });
  assert.deepEqual(whatOf(forked), [`forked: ${global}`, `forked: head 10 of ${log}`]);
});

test('neither the log nor the global tree goes on under another name', async () => {
  const { seen } = await verify(await exportLines());
  const renamed = [...seen].map(([origin, head]) => [origin === log ? `${instance}/of/other` : origin, head] as const);
  assert.deepEqual(whatOf(await verify(await exportLines(), { seen: new Map(renamed) })), [`forked: the log ${log}`]);
  const other = signersOf('other.example.com/log').map(({ vkey }) => noteKey(vkey)!);
  assert.deepEqual(whatOf(await verify(await exportLines(), { keys: other })), [`forked: the global tree ${instance}`]);
});

test('a global tree that cannot be compared is not remembered in place of the one that was seen', async () => {
  const { seen } = await verify(await exportLines());
  const leaves = Array.from({ length: 12 }, (_, at) => leafAt(at));
  const grown = await verify(await exportLines({ leaves, heads: [4, 7, 10, 12] }), { seen });
  assert.deepEqual(whatOf(grown), []);
  assert.match(grown.notes[0]!, /since 9/);
  assert.deepEqual([...grown.seen.keys()], [log]);
});

test('a witness that signed is told, one that did not as well, and a wrong line of one is refused', async () => {
  const witness = noteSigner('witness.example/w', Buffer.alloc(32, 60), 'cosignature');
  const witnesses = [noteKey(witness.vkey)!];
  const sign = (note: string, text = `${note.split('\n\n')[0]!}\n`) => note + signatureLine(witness, text, begin);
  const good = await changed<ExportGlobal>('global', 0, (line) => ({ ...line, note: sign(line.note) }));
  const check = await verify(good, { witnesses });
  assert.deepEqual([whatOf(check), check.notes], [[], []]);
  assert.deepEqual(check.cosigned, [{ by: witness.name, kind: 'cosignature', at: begin }]);
  const silent = await verify(await exportLines(), { witnesses });
  assert.deepEqual(whatOf(silent), [`not-witnessed: the global tree ${instance}`]);
  assert.match(silent.faults[0]!.say, /has signed nothing/);
  const own = await changed<ExportHead>('head', 1, (line) => ({ ...line, note: sign(line.note) }));
  assert.deepEqual(whatOf(await verify(own, { witnesses })), [], 'the log of the organisation is enough');
  const wrong = await changed<ExportGlobal>('global', 0, (line) => ({
    ...line,
    note: sign(line.note, 'a\n1\n' + Buffer.alloc(32).toString('base64') + '\n'),
  }));
  const refused = await verify(wrong, { witnesses });
  assert.equal(whatOf(refused)[0], `not-witnessed: the global tree ${instance}`);
  assert.match(refused.faults[0]!.say, /does not fit/);
});

test('a file is read in lines wherever it is cut, and a line without end is refused', async () => {
  async function* pieces(text: string, size: number) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  for (const size of [1, 2, 3, 7, 100]) {
    assert.deepEqual(await Array.fromAsync(linesOf(pieces('a\nñandú\n\nlast', size))), ['a', 'ñandú', '', 'last']);
  }
  const endless = (async function* endless() {
    for (let at = 0; at < 20; at += 1) yield Buffer.alloc(1024 * 1024, 65);
  })();
  await assert.rejects(Array.fromAsync(linesOf(endless)), RangeError);
});
