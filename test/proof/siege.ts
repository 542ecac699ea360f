import type { Server } from '#edge';
import { ask, differenceOf, named, type Answered } from './ask.ts';
import { nobody } from './persona.ts';
import { told } from './trial.ts';

/** What is laid siege to: the server, and a way to let time pass. */
export type Siege = { readonly server: Server; advance(ms: number): void };

/** The address of our proxy; what it tells of clients is believed. */
export const proxy = '127.0.0.1';

/** Asks from an address, as a proxy of ours tells it. */
export function askFrom({ server }: Siege, address: string, url: string, body: unknown): Promise<Answered> {
  return ask(server, nobody, { method: 'POST', url, body, from: proxy, headers: { 'x-forwarded-for': address } });
}

/** A guess at a password. */
export function guess(
  siege: Siege,
  address: string,
  email: string,
  password = 'wrong password of somebody',
): Promise<Answered> {
  return askFrom(siege, address, '/api/v1/sign-in', { email, password });
}

/** Addresses in as many networks. */
export function addresses(count: number, block: number): string[] {
  return Array.from({ length: count }, (_, at) => `${block}.${Math.floor(at / 250)}.${at % 250}.7`);
}

/** True for a guess that was looked at, and was wrong. */
export function isLookedAt({ status, code }: Answered): boolean {
  return status === 401 && code === 'sign-in-refused';
}

/** A refusal because there were too many tries, which says when to come back. */
function isPaused({ status, headers }: Answered): boolean {
  return status === 429 && /^[1-9]\d*$/.test(headers['retry-after'] ?? '');
}

/**
 * One account, guessed at from a new address each time: at once, and then for a day. However many addresses there are,
 * so many guesses are looked at and no more.
 */
export async function oneAccountMistakes(siege: Siege, email: string): Promise<string[]> {
  const mistakes: string[] = [];
  const count = (answers: readonly Answered[], most: number, say: string) => {
    const seen = answers.filter(isLookedAt).length;
    if (seen > most) mistakes.push(`${say}: ${seen} guesses were looked at, and not ${most}`);
    if (seen === 0) mistakes.push(`${say}: no guess was looked at, so nothing was tried`);
    for (const one of answers) if (!isLookedAt(one) && !isPaused(one)) mistakes.push(`${named(one)}: ${told(one)}`);
  };
  count(await Promise.all(addresses(25, 11).map((from) => guess(siege, from, email))), 5, 'at once');
  const day: Answered[] = [];
  for (const from of addresses(144, 12)) {
    siege.advance(10 * 60_000);
    day.push(await guess(siege, from, email));
  }
  // After each the pause doubles up to an hour: one a while, then one an hour.
  count(day, 6 + 24, 'in a day');
  return mistakes;
}

/** Many accounts, guessed at from one address, which may claim to be others: the address is paused, and nobody else. */
export async function oneAddressMistakes(
  siege: Siege,
  accounts: readonly string[],
  innocent: { readonly email: string; readonly password: string },
): Promise<string[]> {
  const mistakes: string[] = [];
  const attackers = {
    'behind the proxy': (email: string) => guess(siege, '13.1.1.7', email),
    // Not our proxy: whatever it says of others, it is itself.
    'claiming to be others': (email: string, at: number) => {
      const headers = { 'x-forwarded-for': `14.2.${at}.7` };
      const body = { email, password: 'wrong password of somebody' };
      return ask(siege.server, nobody, { method: 'POST', url: '/api/v1/sign-in', body, from: '198.51.100.9', headers });
    },
  };
  for (const [say, attack] of Object.entries(attackers)) {
    const answers: Answered[] = [];
    for (const [at, email] of accounts.entries()) answers.push(await attack(email, at));
    const seen = answers.filter(isLookedAt).length;
    if (seen > 30) mistakes.push(`one address ${say}: ${seen} guesses were looked at, and not 30`);
    if (seen === accounts.length) mistakes.push(`one address ${say}: nothing was held off`);
    for (const one of answers) if (!isLookedAt(one) && !isPaused(one)) mistakes.push(`${named(one)}: ${told(one)}`);
  }
  const answer = await guess(siege, '15.1.1.7', innocent.email, innocent.password);
  if (answer.status !== 200) mistakes.push(`somebody else at another address: ${told(answer)}`);
  return mistakes;
}

/** Somebody who can be asked about, and how often; the addresses that ask about each are new. */
type Question = {
  readonly say: string;
  readonly url: string;
  readonly times: number;
  readonly body: (email: string) => unknown;
};

const questions: readonly Question[] = [
  {
    say: 'a password',
    url: '/api/v1/sign-in',
    times: 8,
    body: (email) => ({ email, password: 'wrong password of somebody' }),
  },
  { say: 'a link', url: '/api/v1/sign-in/link', times: 5, body: (email) => ({ email }) },
  {
    say: 'a sign-up',
    url: '/api/v1/sign-up',
    times: 4,
    body: (email) => ({
      email,
      name: 'Somebody',
      organisation: { name: 'Office', timeZone: 'Etc/UTC', language: 'en', region: 'US' },
    }),
  },
];

/**
 * Asks about addresses that are known and such that are not, step by step: the same bytes after the same work. `emails`
 * are each of another kind; the first one is compared with.
 */
export async function enumerationMistakes(siege: Siege, emails: Readonly<Record<string, string>>): Promise<string[]> {
  const mistakes: string[] = [];
  for (const [at, question] of questions.entries()) {
    for (let step = 1; step <= question.times; step += 1)
      mistakes.push(...(await asked(siege, { question, at, step }, emails)));
  }
  return mistakes;
}

type Step = { readonly question: Question; readonly at: number; readonly step: number };

/** Asks about each once. */
async function asked(
  siege: Siege,
  { question, at, step }: Step,
  emails: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { say, url, body } = question;
  const answers: [string, Answered][] = [];
  for (const [index, [kind, email]] of Object.entries(emails).entries()) {
    answers.push([kind, withoutClaim(await askFrom(siege, `16.${at}.${index}.7`, url, body(email)))]);
  }
  const [first, ...others] = answers;
  return others.flatMap(([kind, answer]) => {
    const difference = differenceOf(answer, first![1]);
    return difference ? [`${say}, time ${step}: ${kind} is told from ${first![0]}: ${difference}`] : [];
  });
}

/** Without what is made by chance for each browser. */
function withoutClaim(answer: Answered): Answered {
  return { ...answer, body: answer.body.replace(/"claim":"[\w-]{43}"/, '"claim":"…"') };
}
