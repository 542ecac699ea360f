import assert from 'node:assert/strict';
import type { manualClock } from '#base';
import { codeAt, stepAt } from '../src/safeguards/factors/totp.ts';
import { textOf, type Browser } from './front-door.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An authenticator app that has been given a secret, and what it shows by the phone's clock, in milliseconds. */
export function authenticatorApp(base32: string) {
  const bits = Array.from(base32, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  return { secret, code: (now: number) => codeAt(secret, stepAt(now)) };
}

/** Makes one the first factor of whoever is signed in there, and their session fresh. Waits until each next code is a new one. */
export async function addApp(browser: Browser, clock: ReturnType<typeof manualClock>): Promise<() => string> {
  const app = authenticatorApp(textOf((await browser.post('/api/v1/session/totp')).json, 'secret'));
  const code = () => {
    clock.advance(60_000);
    return app.code(clock.now());
  };
  assert.equal((await browser.post('/api/v1/session/totp/confirm', { code: code() })).status, 200);
  return code;
}
