import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { WebSocketServer } from 'ws';
import { visit } from '../browser.ts';
import { installedOn } from '../chromium.ts';
import { judge } from './judge.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const good = '<main><h1>Good</h1><p>Nothing is wrong here.</p></main>';

/** A server of one page; what else is asked for is answered by `more`. */
async function serve(t: TestContext, page: string, more: Readonly<Record<string, string>> = {}, headers = true) {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const file = more[request.url ?? ''];
    if (headers) response.setHeader('content-security-policy', policy);
    if (request.url === '/favicon.ico') return void response.writeHead(204).end();
    if (request.url === '/refused') return void response.writeHead(403).end('no');
    response.setHeader('content-type', file === undefined ? 'text/html; charset=utf-8' : 'text/javascript');
    const scripts = Object.keys(more).includes('/page.js') ? '<script src="/page.js"></script>' : '';
    response.end(
      file ??
        `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Page</title>${page}${scripts}</html>`,
    );
  };
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.send('hello'));
  t.after(() => {
    sockets.close();
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Opens a page that does this, and waits until it has. */
async function open(t: TestContext, script: string, headers = true) {
  const origin = await serve(
    t,
    good,
    { '/page.js': `(async () => { ${script} })().then(() => document.title = 'Done')` },
    headers,
  );
  return visit({ origin }, async (page) => {
    await page.goto('/');
    await page.waitForFunction(`document.title === 'Done'`);
    // What the page reports takes the way that this answer takes.
    await page.evaluate('new Promise((done) => setTimeout(done))');
  });
}

test('a good page passes', async (t) => {
  const origin = await serve(t, good);
  await visit({ origin }, async (page) => {
    await page.goto('/');
    await judge(page);
  });
});

const bad: readonly (readonly [what: string, script: string, told: RegExp])[] = [
  ['an error in the console', `console.error('oh no')`, /console: oh no/],
  [
    'an exception',
    `setTimeout(() => { throw new Error('thrown') }); await new Promise((done) => setTimeout(done, 50))`,
    /error: Error: thrown/,
  ],
  ['a rejection that nobody handles', `Promise.reject(new Error('left'))`, /error: Error: left/],
  ['an answer that is an error', `await fetch('/refused')`, /console: 403 \/refused/],
  [
    'a style in an attribute',
    `document.querySelector('p').setAttribute('style', 'color: red')`,
    /policy: style-src-attr/,
  ],
  ['markup from text', `try { document.body.innerHTML = '<b>x</b>' } catch {}`, /policy: require-trusted-types-for/],
  ['a request to elsewhere', `await fetch('http://127.0.0.1:9/').catch(() => {})`, /policy: connect-src/],
];

for (const [what, script, told] of bad) {
  test(`a page fails for ${what}`, async (t) => {
    await assert.rejects(open(t, script), told);
  });
}

test('a page without a policy that asks somewhere else fails, and reaches nobody', async (t) => {
  const failures = await Promise.allSettled(
    ['http://example.com/', 'http://93.184.215.14/', 'ws://example.org/'].map((url) =>
      open(
        t,
        url.startsWith('ws')
          ? `await new Promise((done) => { new WebSocket('${url}').onerror = done })`
          : `await fetch('${url}', { mode: 'no-cors' }).catch(() => {})`,
        false,
      ),
    ),
  );
  for (const failure of failures) {
    assert.ok(failure.status === 'rejected');
    assert.match(String(failure.reason), /leaves: /);
    assert.match(String(failure.reason), /ERR_NAME_NOT_RESOLVED/);
  }
});

test('what a test says that it expects does not fail it', async (t) => {
  const origin = await serve(t, good, { '/page.js': `fetch('/refused').then(() => document.title = 'Done')` });
  await visit({ origin }, async (page, { allow }) => {
    allow(/^console: 403 \/refused$/);
    await page.goto('/');
    await page.waitForFunction(`document.title === 'Done'`);
  });
});

const badMarkup: readonly (readonly [what: string, markup: string, told: RegExp])[] = [
  ['a field without a name', `<main><h1>Bad</h1><input></main>`, /label/],
  ['headings that skip a level', `<main><h1>Bad</h1><h4>Skips</h4></main>`, /heading-order/],
  ['a page that is wider than the screen', `<main><h1>Bad</h1><pre>${'wide '.repeat(400)}</pre></main>`, /wider/],
];

for (const [what, markup, told] of badMarkup) {
  test(`judging a page finds ${what}`, async (t) => {
    const origin = await serve(t, markup);
    await visit({ origin, width: 390 }, async (page) => {
      await page.goto('/');
      await assert.rejects(judge(page), told);
    });
  });
}

test('a page has a microphone, sound at 8 kHz in a worklet, and a socket to its server', async (t) => {
  const worklet = `registerProcessor('peak', class extends AudioWorkletProcessor {
    peak = 0;
    process([[samples = []]]) {
      for (const one of samples) this.peak = Math.max(this.peak, Math.abs(one));
      if (this.peak > 0.1) this.port.postMessage({ rate: sampleRate });
      return true;
    }
  })`;
  const script = `globalThis.listen = async () => {
    const socket = new WebSocket('ws://' + location.host);
    const said = await new Promise((resolve) => { socket.onmessage = ({ data }) => resolve(data) });
    const sound = new AudioContext({ sampleRate: 8000 });
    await sound.audioWorklet.addModule('/worklet.js');
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true } });
    const node = new AudioWorkletNode(sound, 'peak');
    sound.createMediaStreamSource(microphone).connect(node);
    await sound.resume();
    const { rate } = await new Promise((resolve) => { node.port.onmessage = ({ data }) => resolve(data) });
    return { said, rate };
  }`;
  const origin = await serve(t, good, { '/page.js': script, '/worklet.js': worklet });
  await visit({ origin }, async (page) => {
    await page.goto('/');
    assert.deepEqual(await page.evaluate('listen()'), { said: 'hello', rate: 8000 });
  });
});

test('Chrome is looked for where it is installed on every system', () => {
  const env = { HOME: '/Users/ana', ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\ana\\AppData\\Local' };
  assert.ok(installedOn('darwin', env).includes('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'));
  assert.ok(installedOn('win32', env).includes('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'));
  assert.ok(installedOn('linux', env).includes('/usr/bin/google-chrome'));
});
