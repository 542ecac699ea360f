import { iso, isId, openHttp, problem, systemClock, systemRandom, type Epochs } from '#base';
import {
  believeClock,
  clockStatus,
  doubtWords,
  keysStatus,
  rotateOrganisationKey,
  rotateRootKey,
  type KeysStatus,
} from '#safeguards/vault';
import { silent, type Command, type Io } from '../command.ts';

export default {
  say: 'Shows the keys that there are and when the next ones die; with the word rotate it replaces the root key, while Sotto goes on. With the word clock it says whether the clock of this machine is believed, by which keys die, and exits 1 when it is not. Outside it asks nobody but a key service that is set (SOTTO_TRANSIT_URL).',
  words: [
    {
      name: 'what',
      say: 'rotate: give the installation another root key; clock: whether the clock is believed',
      oneOf: ['rotate', 'clock'],
      isOptional: true,
    },
  ],
  options: {
    organisation: { type: 'string', say: 'with rotate: the id of one organisation, whose own key is replaced' },
    believe: {
      type: 'boolean',
      say: 'with clock: say that the clock is right; what is past its time by it is destroyed',
    },
  },
  async run(io) {
    const { organisation, believe } = io.options;
    const { what } = io.words;
    if (what !== 'rotate' && organisation !== undefined) {
      throw problem('usage', '--organisation stands with rotate: ./sotto keys rotate --organisation ID');
    }
    if (what !== 'clock' && believe !== undefined) {
      throw problem('usage', '--believe stands with clock: ./sotto keys clock --believe');
    }
    const config = io.config();
    const http = openHttp({ config, log: silent });
    const senses = { config, http, clock: systemClock, random: systemRandom };
    try {
      if (what === 'clock') return await clock(io, senses, believe === true);
      if (what === undefined) show(io, await keysStatus(senses));
      else if (typeof organisation === 'string') await rotateOne(io, senses, organisation);
      else await rotateAll(io, senses);
    } finally {
      await http.close();
    }
    return 0;
  },
} satisfies Command;

type Senses = Parameters<typeof keysStatus>[0];

async function clock(io: Io, senses: Senses, isBelieved: boolean): Promise<0 | 1> {
  if (isBelieved) await believeClock(senses);
  const { now, doubt } = await clockStatus(senses);
  const expected = doubt ? iso(doubt.expectedAt) : null;
  const until = doubt?.until === undefined ? null : iso(doubt.until);
  io.print(
    { now: iso(now), believed: !doubt, expected, until },
    `The clock says ${iso(now)}.\n${doubt ? doubtWords(doubt) : 'It is believed.'}`,
  );
  return doubt ? 1 : 0;
}

async function rotateAll(io: Io, senses: Senses): Promise<void> {
  const { from, to, organisations } = await rotateRootKey(senses);
  io.print(
    { rotated: 'root', from, to, organisations },
    `The root key ${from} was replaced by ${to}; ${organisations} keys of organisations were wrapped again.
Back up the new root key now, apart from the data. Backups of the keystore from before still need the old one.`,
  );
}

async function rotateOne(io: Io, senses: Senses, organisation: string): Promise<void> {
  const wrapped = isId(organisation) ? await rotateOrganisationKey(senses, organisation) : undefined;
  if (wrapped === undefined) throw problem('not-found', 'There is no organisation with that id that has keys.');
  io.print(
    { rotated: 'organisation', organisation, keys: wrapped },
    `The key of ${organisation} was replaced; ${wrapped} keys below it were wrapped again.`,
  );
}

function show(io: Io, status: KeysStatus): void {
  const kinds = byKind(status.epochs);
  const next = nextToDie(status.epochs);
  io.print(
    {
      keystore: status.keystore,
      root: root(status.root),
      staged: status.staged ? root(status.staged) : null,
      replaced: status.replaced,
      kinds,
      next,
    },
    [
      `Keystore   ${status.keystore}`,
      `Root key   ${status.root.name} from ${status.root.provider || 'an older Sotto'}, ${age(status.root.madeAt)}`,
      ...(status.staged
        ? [`Rotation   to ${status.staged.name} is under way or was broken off; ./sotto keys rotate finishes it`]
        : []),
      ...(status.replaced > 0 ? [`Replaced   ${status.replaced} root keys before it`] : []),
      '',
      table(kinds),
      '',
      next
        ? `Next to die: ${next.kind} of ${next.day}, ${next.organisation}, ${next.at}`
        : 'Nothing is due to die by age.',
    ].join('\n'),
  );
}

type Kind = {
  readonly kind: string;
  readonly organisations: number;
  readonly days: number;
  readonly oldest: string | null;
  readonly held: number;
};

function byKind(epochs: readonly Epochs[]): readonly Kind[] {
  return [...Map.groupBy(epochs, ({ kind }) => kind)]
    .map(([kind, all]) => ({
      kind,
      organisations: all.length,
      days: all.reduce((sum, { days }) => sum + days, 0),
      oldest: all.flatMap(({ oldest }) => oldest ?? []).toSorted()[0] ?? null,
      held: all.reduce((sum, { held }) => sum + held, 0),
    }))
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
}

function nextToDie(epochs: readonly Epochs[]) {
  const due = epochs.flatMap((one) => (one.diesAt === null ? [] : [{ ...one, diesAt: one.diesAt }]));
  const first = due.toSorted((a, b) => a.diesAt - b.diesAt)[0];
  if (!first) return null;
  return { organisation: first.organisation, kind: first.kind, day: first.oldest ?? '', at: iso(first.diesAt) };
}

function root({ name, provider, madeAt }: KeysStatus['root']) {
  return { name, provider, madeAt: madeAt === undefined ? null : iso(madeAt) };
}

function age(madeAt: number | undefined): string {
  if (madeAt === undefined) return 'of unknown age';
  const days = Math.floor((systemClock.now() - madeAt) / 86_400_000);
  return `made ${iso(madeAt).slice(0, 10)}, ${days} days ago`;
}

function table(kinds: readonly Kind[]): string {
  const rows = kinds.map(({ kind, organisations, days, oldest, held }) => [
    kind,
    String(organisations),
    String(days),
    oldest ?? '-',
    String(held),
  ]);
  const all = [['kind', 'organisations', 'days', 'oldest', 'held'], ...rows];
  return all
    .map(([kind = '', ...rest]) => [kind.padEnd(14), ...rest.map((cell) => cell.padStart(13))].join(''))
    .join('\n');
}
