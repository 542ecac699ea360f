import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { spokenMs, wordsToAudio } from '#adapters/carriers';
import { allCases, someCases } from '../drill/cases.ts';
import { drill } from '../drill/drill.ts';
import { wrongWith, type Outcome } from '../drill/judge.ts';
import { longestWait, type Phoned } from '../drill/silence.ts';

/** `npm run drill` allows two seconds; here the machine may be busy. */
const mostSilenceMs = 6_000;

test('a fault at every step of a conversation: every call goes on, and is right in the books', async () => {
  const cases = someCases();
  const { calls, mistakes } = await drill({ cases, atOnce: cases.length });
  const wrong = calls.flatMap(({ step, fault, wrong: found, talk, books }) =>
    found.length > 0 ? [{ step, fault, found, talk, books }] : [],
  );
  assert.deepEqual(wrong, []);
  const silent = calls.filter(({ gapMs }) => gapMs > mostSilenceMs);
  assert.deepEqual(silent, []);
  assert.deepEqual(mistakes, []);
  assert.deepEqual(new Set(calls.map(({ how }) => how)), new Set(['same session', 'reconnect', 'relay', 'gather']));
});

test('the drill of the tests leaves out no step and no fault', () => {
  const all = allCases();
  const some = someCases();
  for (const name of ['step', 'fault'] as const) {
    assert.deepEqual(new Set(some.map((one) => one[name])), new Set(all.map((one) => one[name])));
  }
});

type Line = Outcome['books']['transcript'][number];

const agent = (heard: string | null, meant = heard): Line => ({ speaker: 'agent', kind: 'speech', meant, heard });
const caller = (heard: string): Line => ({ speaker: 'caller', kind: 'speech', meant: null, heard });
const said = (text: string, atMs: number) => ({ speaker: 'secretary', text, atMs }) as const;
const says = (text: string, atMs: number) => ({ speaker: 'caller', text, atMs }) as const;

/** A short call that went as it should. */
const good: Outcome = {
  phoned: {
    transcript: [
      said('This is an AI assistant.', 0),
      says('Take a message.', 2_000),
      said('I noted it.', 4_000),
      says('Bye.', 6_000),
      said('Goodbye.', 8_000),
    ],
    steps: [],
    heardAudio: [],
  },
  ended: 'product-hung-up',
  mayLoseWords: false,
  books: {
    endReason: 'completed',
    disclosedAt: '2026-01-05T10:00:00.000Z',
    transcript: [
      agent('This is an AI assistant.'),
      caller('Take a message.'),
      agent('I noted it.'),
      caller('Bye.'),
      agent('Goodbye.'),
    ],
  },
  messages: 1,
};

function heard(...lines: Phoned['transcript']): Outcome['phoned'] {
  return { ...good.phoned, transcript: [...good.phoned.transcript, ...lines].toSorted((a, b) => a.atMs - b.atMs) };
}

function books(change: (lines: readonly Line[]) => readonly Line[]): Outcome['books'] {
  return { ...good.books, transcript: change(good.books.transcript) };
}

/** What can be wrong with a call, and what is said of it. */
const wrongs: readonly (readonly [say: string, outcome: Outcome, found: RegExp])[] = [
  ['it ends as a failure', { ...good, ended: 'failed' }, /did not come to its end/],
  ['the caller gives up', { ...good, ended: 'given-up' }, /did not come to its end/],
  ['it ends for silence', { ...good, books: { ...good.books, endReason: 'caller-silent' } }, /ended as caller-silent/],
  ['nobody says goodbye', { ...good, phoned: { ...good.phoned, transcript: [] } }, /nobody said goodbye/],
  ['the disclosure comes twice', { ...good, phoned: heard(said('I am an AI assistant.', 9)) }, /heard 2 times/],
  ['no disclosure is known', { ...good, books: { ...good.books, disclosedAt: null } }, /disclosure/],
  ['the message is taken twice', { ...good, messages: 2 }, /taken 2 times/],
  ['the message is confirmed and lost', { ...good, messages: 0 }, /is not there/],
  ['words of the caller are missing', { ...good, books: books((lines) => lines.toSpliced(1, 1)) }, /not in the books/],
  ['words of the agent are missing', { ...good, books: books((lines) => lines.toSpliced(2, 1)) }, /not in the books/],
  [
    'what was heard counts as unheard',
    { ...good, books: books((lines) => lines.with(2, agent(null, 'I noted it.'))) },
    /not in the books/,
  ],
  [
    'words are out of order',
    { ...good, books: books(([a, b, c, ...rest]) => [a!, c!, b!, ...rest]) },
    /only in the books/,
  ],
  ['nobody said so', { ...good, books: books((lines) => lines.with(3, caller('Good morning.'))) }, /only in the books/],
  [
    'nobody said so, though words may be missing',
    { ...good, mayLoseWords: true, books: books((lines) => lines.with(3, caller('Good morning.'))) },
    /nobody said: Good morning/,
  ],
];

suite('the drill judges', () => {
  test('a good call is good, also when the caller hangs up after the goodbye', () => {
    assert.deepEqual(wrongWith(good), []);
    const hungUp = { ...good, ended: 'caller-hung-up', books: { ...good.books, endReason: 'caller-hung-up' } };
    assert.deepEqual(wrongWith(hungUp), []);
  });

  for (const [say, outcome, found] of wrongs) {
    test(`a call is not good when ${say}`, () => assert.match(wrongWith(outcome).join('; '), found));
  }

  test('what was asked for again need be in the books once, and of a cut sentence a word may be counted otherwise', () => {
    assert.deepEqual(wrongWith({ ...good, phoned: heard(says('Bye.', 5_000)) }), []);
    const cut = { ...good, phoned: heard(said('I noted', 3_000)) };
    assert.match(wrongWith(cut).join(), /^$/);
    assert.match(
      wrongWith({ ...good, phoned: heard(said('I noted this one down for', 3_000)) }).join(),
      /not in the books/,
    );
  });

  test('words that the vendor had not told when it was lost may be missing, if the case says so', () => {
    const lost = { ...good, books: books((lines) => lines.toSpliced(1, 1)) };
    assert.deepEqual(wrongWith({ ...lost, mayLoseWords: true }), []);
  });

  test('by webhook nobody knows whether the last words were heard', () => {
    const last = { ...good, books: books((lines) => lines.with(-1, agent(null, 'Goodbye.'))) };
    assert.match(wrongWith(last).join(), /not in the books/);
    const steps = [{ what: 'gather-open', atMs: 5_000 }];
    assert.deepEqual(wrongWith({ ...last, phoned: { ...good.phoned, steps } }), []);
  });
});

suite('the drill measures silence', () => {
  const words = 'What does it cost?';
  const endMs = 1_000 + wordsToAudio(words).length / 8;
  const tone = Buffer.alloc(160, 0x30);
  const silence = Buffer.alloc(160, 0xff);
  const stream = [
    { what: 'call-answered', atMs: 0 },
    { what: 'socket-open', atMs: 0 },
    { what: 'stream-over', atMs: 60_000 },
  ];
  const phoned = (...heardAudio: Phoned['heardAudio']): Phoned => ({
    transcript: [says(words, 1_000)],
    steps: stream,
    heardAudio,
  });

  test('from the last word of the caller to the next sound; a tone is one, silence that is played is none', () => {
    const played = { atMs: endMs + 500, audio: silence };
    assert.equal(longestWait(phoned(played, { atMs: endMs + 1_700, audio: tone })).ms, 1_700);
  });

  test('within an answer as well, and whatever ends it must come from the product', () => {
    const sounds = [endMs + 100, endMs + 3_000].map((atMs) => ({ atMs, audio: tone }));
    assert.deepEqual(longestWait(phoned(...sounds)), { ms: 2_880, at: Math.round(endMs + 120) });
    const pondering: Phoned = { ...phoned({ atMs: 0, audio: tone }), transcript: [says(words, 9_000)] };
    assert.equal(longestWait(pondering).ms, 0, "the caller's own pause");
  });

  test("the carrier's own voice is heard, where there is no stream", () => {
    const moment = 'One moment, please.';
    const askedMs = 1_000 + spokenMs(words);
    const saidMs = askedMs + 800 + spokenMs(`${moment} `);
    const relay: Phoned = {
      transcript: [says(words, 1_000), said(moment, askedMs + 800), said('How can I help?', saidMs + 900)],
      steps: [{ what: 'call-answered', atMs: 900 }],
      heardAudio: [],
    };
    assert.deepEqual(longestWait(relay), { ms: 900, at: Math.round(saidMs) });
  });
});
