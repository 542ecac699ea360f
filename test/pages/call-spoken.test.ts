import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openVisitor, startBrowser } from '../browser.ts';
import { openSoundEar } from '../stand-in-model/sound-ear.ts';
import { openStandIn, standInKey, type Script } from '../stand-in-model/stand-in.ts';
import { judge } from './judge.ts';
import { firstRun, openOwnProduct } from './own-product.ts';
import { voice } from './voice.ts';

/** What the caller says each time the fake microphone speaks. */
const words = ['What are your hours?', 'Please take a message, call me back.', 'No, goodbye.'];

const receptionist: Script = ({ heard, prompted, result }) => {
  if (prompted !== undefined) return { say: /"([^"]*)"[^"]*$/.exec(prompted)?.[1] ?? 'Are you still there?' };
  if (result !== undefined) return { say: 'I noted it.' };
  if (heard.includes('message'))
    return {
      say: 'Let me write that down.',
      use: { tool: 'take-message', input: { name: 'Alex Sample', callback: null, body: heard, urgent: false } },
    };
  if (heard.includes('goodbye')) return { say: 'Goodbye.', use: { tool: 'end-call', input: {} } };
  return { say: 'We open at nine.' };
};

/** The product as a newcomer has it who has just connected a speech model and let the secretary talk. */
async function talkingProduct(t: TestContext) {
  let turns = 0;
  const said = () => words[Math.min(turns++, words.length - 1)]!;
  const standIn = await openStandIn({ script: receptionist, ear: (listener) => openSoundEar(listener, said) });
  t.after(() => standIn.close());
  const product = await openOwnProduct(t, { SOTTO_OPENAI_BASE_URL: standIn.url, SOTTO_OPENAI_KEY: standInKey });
  const session = await firstRun(product.url);
  const headers = { 'cookie': `sotto=${session}`, 'origin': product.url, 'content-type': 'application/json' };
  const { agents } = (await (await fetch(`${product.url}/api/v1/call`, { headers })).json()) as {
    agents: readonly { id: string }[];
  };
  const path = `${product.url}/api/v1/agents/${agents[0]?.id}`;
  const version = (await fetch(path, { headers })).headers.get('etag') ?? '';
  const body = JSON.stringify({ speech: 'live', model: 'openai' });
  const changed = await fetch(path, { method: 'PATCH', headers: { ...headers, 'if-match': version }, body });
  assert.equal(changed.status, 200);
  return { product, session };
}

/** A browser whose microphone plays a voice over and over. */
async function talkingBrowser(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-voice-'));
  const file = join(folder, 'voice.wav');
  await writeFile(file, voice());
  const browser = await startBrowser([`--use-file-for-fake-audio-capture=${file}`]);
  t.after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });
  return browser;
}

test('a call is spoken through the microphone of the browser, answered aloud, and leaves a message', async (t) => {
  const { product, session } = await talkingProduct(t);
  const { page, context, wrongs } = await openVisitor(await talkingBrowser(t), { origin: product.url, session });
  await context.grantPermissions(['microphone'], { origin: product.url });
  await page.goto('/call');
  await page.getByText(/Your browser will ask/).waitFor();
  await judge(page);
  await page.getByRole('button', { name: /^Call R/ }).click();
  await page.getByText('How can I help you?').first().waitFor();
  await page.getByText('Your voice').waitFor();
  await judge(page);
  await page.getByRole('log').getByText('We open at nine.').first().waitFor();
  await page.getByText('Median').waitFor();
  await page.getByText('Wrote down a message').waitFor();
  await page.getByText(/Your secretary ended the call/).waitFor({ timeout: 60_000 });
  await page.getByText('See the message').waitFor();
  await judge(page);
  assert.deepEqual(wrongs, []);
});

test('who does not allow the microphone is told how to, and can type', async (t) => {
  const { product, session } = await talkingProduct(t);
  const { page, context, wrongs } = await openVisitor(await startBrowserFor(t), { origin: product.url, session });
  await context.addInitScript(
    `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))`,
  );
  await page.goto('/call');
  await page.getByRole('button', { name: /^Call R/ }).click();
  await page.getByText('The browser did not allow the microphone').waitFor();
  await judge(page);
  await page.getByRole('button', { name: 'Type instead' }).click();
  await page
    .getByText(/This is Robin, an AI assistant/)
    .first()
    .waitFor();
  await page.getByRole('textbox', { name: 'Say something …' }).waitFor();
  assert.deepEqual(wrongs, []);
  await product.stop();
  await page
    .getByText(/The connection to Sotto is gone|The call broke off|not be reached/)
    .first()
    .waitFor();
});

async function startBrowserFor(t: TestContext) {
  const browser = await startBrowser();
  t.after(() => browser.close());
  return browser;
}
