import assert from 'node:assert/strict';
import { after } from 'node:test';
import { chromium, type Browser, type BrowserContext, type ConsoleMessage, type Page } from 'playwright-core';
import { systemClock } from '#base';
import { findChromium } from './chromium.ts';

/** Somebody in front of a browser of their own: cookies, window, and everything that went wrong in it. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Another tab of the same browser. */
  another(): Promise<Page>;
  /** What a page under test must not do, in words: `console: …`, `error: …`, `policy: …`, `leaves: …`. */
  readonly wrongs: readonly string[];
  /** Says that this may happen, from the beginning: a console line of a 401 that the test provokes, for example. */
  allow(...patterns: readonly RegExp[]): void;
};

export type VisitorOptions = {
  /** Where the server under test is; nothing else may be asked for anything. */
  readonly origin: string;
  /** Default: 1440. */
  readonly width?: number;
  /** Default: light. */
  readonly scheme?: 'light' | 'dark';
  /** What the session's cookie holds. */
  readonly session?: string;
  /** Default: en-US. */
  readonly language?: string;
  /** How far the server's clock is ahead of ours, in milliseconds. */
  readonly aheadMs?: number;
  /** Where the person sits; by default not where any business of the tests is, so that times shown in this zone are noticed. */
  readonly timeZone?: string;
};

const flags = [
  // A tone instead of a microphone, and nobody who has to allow it.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // Nothing but the loopback has an address.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--font-render-hinting=none',
];

let running: Promise<Browser> | undefined;

after(closeBrowser);

/** The browser of this process; it starts with the first visitor and ends with the tests. */
export function theBrowser(): Promise<Browser> {
  return (running ??= startBrowser());
}

/** For programs that are no tests. */
export async function closeBrowser(): Promise<void> {
  const browser = await running?.catch(() => undefined);
  running = undefined;
  await browser?.close();
}

/** One with flags of its own; whoever starts it closes it. */
export async function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const { program, env } = await findChromium();
  return chromium.launch({ executablePath: program, args: [...flags, ...more], env: { ...process.env, ...env } });
}

/**
 * Lets a visitor do something and closes their browser. Fails when anything went wrong in any page meanwhile that was
 * not allowed, whether the work noticed or not; and tells what was to be seen when it failed.
 */
export async function visit<T>(
  options: VisitorOptions,
  work: (page: Page, visitor: Visitor) => Promise<T>,
): Promise<T> {
  const visitor = await openVisitor(await theBrowser(), options);
  try {
    const result = await work(visitor.page, visitor).catch(async (error: unknown) => {
      throw await withSight(error, visitor);
    });
    assert.deepEqual(visitor.wrongs, [], `went wrong at ${visitor.page.url()}`);
    return result;
  } finally {
    await visitor.context.close();
  }
}

/** Opens it; whoever does closes the context. */
export async function openVisitor(browser: Browser, options: VisitorOptions): Promise<Visitor> {
  const { origin, width = 1440, scheme = 'light', session, language = 'en-US', timeZone = 'Asia/Tokyo' } = options;
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height: width < 700 ? 844 : 900 },
    colorScheme: scheme,
    locale: language,
    timezoneId: timeZone,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(20_000);
  const wrongs = await watch(context, origin);
  if (session)
    await context.addCookies([{ name: 'sotto', value: session, url: origin, httpOnly: true, sameSite: 'Lax' }]);
  if (options.aheadMs) await context.addInitScript(shifted(options.aheadMs));
  const page = await context.newPage();
  return { page, context, another: () => context.newPage(), ...wrongs };
}

/** Gathers what goes wrong in any page of the context. */
async function watch(context: BrowserContext, origin: string): Promise<Pick<Visitor, 'wrongs' | 'allow'>> {
  const wrongs: string[] = [];
  const allowed: RegExp[] = [];
  const add = (wrong: string) => {
    if (!allowed.some((pattern) => pattern.test(wrong))) wrongs.push(wrong);
  };
  const isElsewhere = (url: string) => /^(?:https?|wss?):/.test(url) && new URL(url).host !== new URL(origin).host;
  const look = (what: string, url: string) => isElsewhere(url) && add(`leaves: ${what} ${url}`);
  context.on('console', (message) => message.type() === 'error' && add(`console: ${lineOf(message)}`));
  context.on('weberror', (error) => add(`error: ${String(error.error())}`));
  context.on('request', (request) => look(request.method(), request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => look('socket', socket.url())));
  await context.exposeBinding('sottoPolicyBroken', (_, told: string) => add(`policy: ${told}`));
  await context.addInitScript(
    `addEventListener('securitypolicyviolation', (event) => sottoPolicyBroken(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample))`,
  );
  return {
    wrongs,
    allow(...patterns) {
      allowed.push(...patterns);
      const left = wrongs.filter((wrong) => !patterns.some((pattern) => pattern.test(wrong)));
      wrongs.splice(0, wrongs.length, ...left);
    },
  };
}

/** A console line; of an answer that the browser complains about, status and path. */
function lineOf(message: ConsoleMessage): string {
  const { url } = message.location();
  const status = /status of (\d+)/.exec(message.text())?.[1];
  if (status) return `${status} ${url.replace(/^https?:\/\/[^/]+/, '')}`;
  return url.startsWith('http') ? `${message.text()} (${url})` : message.text();
}

/** Moves a page's clock; its timers stay as they are. */
function shifted(aheadMs: number): string {
  return `globalThis.Date = new Proxy(Date, {
    construct: (target, given, self) => Reflect.construct(target, given.length ? given : [target.now() + ${aheadMs}], self),
    apply: (target) => new target(target.now() + ${aheadMs}).toString(),
    get: (target, name) => (name === 'now' ? () => target.now() + ${aheadMs} : Reflect.get(target, name)),
  });`;
}

async function withSight(error: unknown, { page, wrongs }: Visitor): Promise<Error> {
  const text = await page
    .locator('body')
    .innerText({ timeout: 1_000 })
    .catch(() => '(nothing)');
  const sight = [`at ${page.url()}`, ...wrongs, `the page says: ${text.replace(/\s+/g, ' ').slice(0, 1_000)}`];
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const seen = new Error([message, ...sight].join('\n'));
  seen.stack = [seen.message, ...stack.split('\n').filter((line) => line.startsWith('    at '))].join('\n');
  return seen;
}

/** How far a clock is ahead of the real one, for `aheadMs`. */
export function aheadOf(clock: { now(): number }): number {
  return Math.round(clock.now() - systemClock.now());
}
