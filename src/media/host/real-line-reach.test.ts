import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { EgressCount } from '#base';
import { callId, openLineDesk, planOf } from '../../../test/line-desk.ts';
import { openStandIn, standInKey } from '../../../test/stand-in-model/stand-in.ts';
import { openStream } from '../../../test/stream-caller.ts';
import type { Allowed, LinePlan } from '../desk.ts';
import { lineProgram } from './fork-line.ts';

type Model = Partial<LinePlan['model']>;

/** The line of the product before a stand-in for OpenAI, and what its desk books of it. */
async function speaking(t: TestContext, model: Model, allowed: Allowed = { reach: [], use: [] }) {
  const standIn = await openStandIn();
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-line-reach-'));
  const booked: EgressCount[] = [];
  const says = { allowed };
  const desk = await openLineDesk({
    env: { SOTTO_DATA_DIR: dataDir, SOTTO_OPENAI_BASE_URL: standIn.url },
    fork: { ...lineProgram, stderr: 'ignore' },
    desk: {
      join: async ({ token }) => ({
        ...planOf(token),
        model: { vendor: 'openai', key: standInKey, baseUrl: null, by: 'organisation', ...model },
      }),
      allowed: () => says.allowed,
      left: (counts) => void booked.push(...counts),
    },
  });
  t.after(async () => {
    await desk.close();
    await standIn.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const call = async (n: number) => {
    const caller = await openStream(desk.port, callId(n));
    t.after(() => caller.cut());
    return caller;
  };
  const lost = (n: number) => desk.of(callId(n)).some(({ type }) => type === 'model-lost');
  return { standIn, desk, booked, says, call, lost };
}

function sum(booked: readonly EgressCount[], what: 'sent' | 'refused' | 'unlisted'): number {
  return booked.reduce((total, line) => total + line[what], 0);
}

test('a host that nobody lists is refused to the line, and its desk hears of it before the line is gone', async (t) => {
  const { desk, booked, call, lost } = await speaking(t, { baseUrl: 'https://elsewhere.test' });
  const caller = await call(1);
  await desk.when(() => lost(1));
  await caller.closed;
  await desk.lines.drain();
  assert.deepEqual([...new Set(booked.map(({ vendor, host }) => `${vendor} ${host}`))], ['openai elsewhere.test']);
  const unlisted = sum(booked, 'unlisted');
  assert.ok(unlisted > 0 && unlisted === sum(booked, 'refused') && sum(booked, 'sent') === 0);
});

test('with the key of the installation a vendor that waits for its day is not spoken to, with their own it is', async (t) => {
  const { standIn, desk, booked, says, call, lost } = await speaking(t, { by: 'installation' });
  await call(1);
  await desk.when(() => lost(1));
  assert.equal(standIn.handshakes(), 0);
  says.allowed = { reach: ['openai'], use: ['openai'] };
  const second = await call(2);
  await desk.when(() => desk.of(callId(2)).some(({ type }) => type === 'opened'));
  while (standIn.sessions.length === 0) await new Promise((resolve) => setImmediate(resolve));
  second.cut();
  says.allowed = { reach: [], use: [] };
  await call(3);
  await desk.when(() => lost(3));
  assert.equal(standIn.handshakes(), 1);
  await desk.lines.drain();
  assert.ok(sum(booked, 'refused') >= 2 && sum(booked, 'unlisted') === 0 && sum(booked, 'sent') === 1);
  const own = await speaking(t, { by: 'organisation' });
  await own.call(1);
  while (own.standIn.sessions.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(own.lost(1), false);
});
