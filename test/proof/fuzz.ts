import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import * as schemas from 'typebox/schema';
import type { TSchema } from 'typebox';
import { problems, type ProblemCode } from '#base';
import type { Route } from '#edge';
import { named, type Answered, type Asked } from './ask.ts';
import type { Names } from './case.ts';
import { doubled, malformed, mark, names as strangeNames, texts, types, values } from './hostile.ts';
import { nobody, type Persona } from './persona.ts';
import type { Stage } from './stage.ts';
import { eachRoute, namesOf, request, tried, type Target, type Trial } from './trial.ts';

/**
 * Feeds path, query, body and headers of every route what they do not expect. What a schema forbids is never success;
 * nothing is ever a fault of ours; every refusal is a problem document that repeats nothing of what came.
 */
export async function fuzzMistakes(stage: Stage, target: Target): Promise<string[]> {
  const mistakes = await eachRoute(stage, target, async (trial) => {
    const { route, one } = trial;
    if (route.may === 'carrier') return fuzzWebhook(trial);
    const through = whoIsThrough(stage, route);
    const as = one.byTwin ? await one.byTwin(stage, through) : through;
    const own = await namesOf(trial, { as, where: 'ours' });
    const right = request(trial, own);
    await fuzzPath(trial, as, own);
    await fuzzQuery(trial, as, right);
    await fuzzHeaders(trial, as, right);
    if (route.form) await fuzzForm(trial, as, right);
    else if (route.body) await fuzzBody(trial, as, right);
    else if (route.method !== 'GET')
      await feed(trial, as, { ...right, body: `{"unknown":"${mark}"}` }, 'a body where none is taken');
  });
  if ('polluted' in {}) mistakes.push('the prototype of all objects was changed');
  const log = JSON.stringify(stage.world.logged);
  if (log.includes(mark)) mistakes.push('the log holds something of what came');
  return mistakes;
}

function whoIsThrough({ personas }: Stage, { may }: Route): Persona {
  if (typeof may === 'string') return nobody;
  return 'scope' in may && may.by !== 'people' ? personas.key : personas.owner;
}

/** Asks, and looks at what every answer to whatever input must be. `forbidden` says why it cannot be success. */
async function feed(trial: Trial, as: Persona, asked: Asked, forbidden?: string): Promise<void> {
  const answered = await tried(trial, as, asked);
  const fault = answered.status < 400 ? forbidden && `${answered.status} for ${forbidden}` : faultIn(answered);
  if (fault) trial.mistakes.push(`${named(answered)} with ${shown(asked)}: ${fault}`);
}

/** What a refusal must not be; undefined when all is well. */
function faultIn(answered: Answered): string | undefined {
  const { status, code, body, headers: told } = answered;
  if (status >= 500) return `${status} ${code}`;
  if (isStranger(answered)) return `nothing was tried: ${code}`;
  const known = Object.hasOwn(problems, code ?? '') ? problems[code as ProblemCode] : undefined;
  if (known?.status !== status) return `${status} with the code ${code}`;
  if (`${body} ${JSON.stringify(told)}`.includes(mark)) return `it is told again: ${body.slice(0, 300)}`;
  return isTeaching(answered) ? undefined : `a refusal that says nothing: ${body.slice(0, 300)}`;
}

/** Somebody was not known who shows what they have. */
function isStranger({ code, as, asked: { headers: sent } }: Answered): boolean {
  if (as.kind === 'nobody' || sent?.['cookie'] !== undefined || sent?.['authorization'] !== undefined) return false;
  return code === 'sign-in-needed' || code === 'key-invalid';
}

function isTeaching({ body }: Answered): boolean {
  const { detail, mistakes = [] } = JSON.parse(body) as { detail?: string; mistakes?: { at: string; fix: string }[] };
  return !!detail && mistakes.every(({ at, fix }) => at !== '' && fix !== '' && at.length <= 200);
}

function shown({ url, body, headers }: Asked): string {
  return JSON.stringify({ url, body: typeof body === 'string' ? body : undefined, headers }).slice(0, 300);
}

async function fuzzPath(trial: Trial, as: Persona, own: Names): Promise<void> {
  const { route } = trial;
  const { params } = route;
  if (!params) return;
  const allows = judgeOf(params);
  for (const name of Object.keys(params.properties)) {
    for (const text of texts.filter((one) => one !== '')) {
      const asked = request(
        { ...trial, one: { ...trial.one, words: { ...trial.one.words, [name]: text } } },
        without(own, name),
      );
      const given = { ...trial.one.words, ...own, [name]: text };
      await feed(trial, as, asked, allows(given) ? undefined : `${name} in the path`);
    }
    for (const raw of ['%', '%zz', '%ff%fe', '%ed%a0%80', '%2e%2e%2f', '..;', 'a%2Fb', '%00']) {
      const url = route.path.replace(`:${name}`, raw).replace(/:(\w+)/g, (_, other: string) => own[other] ?? 'x');
      await feed(trial, as, { method: route.method, url }, 'a path that names nothing');
    }
  }
}

function without(own: Names, name: string): Names {
  return Object.fromEntries(Object.entries(own).filter(([one]) => one !== name));
}

async function fuzzQuery(trial: Trial, as: Persona, right: Asked): Promise<void> {
  const { query, may } = trial.route;
  if (typeof may === 'string' && !query) return;
  const path = right.url.split('?', 1)[0]!;
  const ask = (pairs: string, forbidden?: string) => feed(trial, as, { ...right, url: `${path}?${pairs}` }, forbidden);
  for (const name of strangeNames)
    await ask(new URLSearchParams([[name, mark]]).toString(), 'an unknown name in the query');
  if (!query) return;
  const allows = judgeOf(query);
  for (const [name, schema] of Object.entries(query.properties)) {
    for (const text of texts) {
      const isNumber = ['integer', 'number'].includes(String((schema as { type?: unknown }).type));
      const value = isNumber && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : text;
      await ask(new URLSearchParams([[name, text]]).toString(), allows({ [name]: value }) ? undefined : name);
    }
    await ask(`${name}=1&${name}=2`, 'a name that comes twice');
    await ask(`${name}[]=1`, 'a name with brackets');
    await ask(`${name}%00=1`, 'a name with a NUL');
  }
}

const headers: Readonly<Record<string, readonly string[]>> = {
  'authorization': [
    'Bearer',
    'Bearer  ',
    `Basic ${mark}`,
    `Bearer ${mark}`,
    `Bearer sotto_live_${mark}`,
    mark.repeat(1_000),
  ],
  'cookie': [
    '__Host-sotto=',
    `__Host-sotto=${mark}`,
    `__Host-sotto=${mark}; __Host-sotto=b`,
    ';;;=;',
    mark.repeat(1_000),
  ],
  'if-match': ['""', mark, '*, *'],
  'idempotency-key': ['', mark, '"', mark.repeat(100), '😀'],
  'range': ['bytes=0-', 'bytes=9-1', `bytes=${mark}`, 'bytes=-99999999999999999999', 'bytes=0-1,4-5'],
  'accept-language': [mark, '*;q=9', 'en;q=', ','.repeat(500)],
  'sec-fetch-site': [mark, ''],
  'x-forwarded-for': [mark, "1'; drop table", ','],
};

async function fuzzHeaders(trial: Trial, as: Persona, right: Asked): Promise<void> {
  // What would act when all of it is right is not repeated here.
  const isHarmless = trial.route.method === 'GET';
  for (const [name, hostile] of Object.entries(headers)) {
    for (const value of hostile) {
      if (isHarmless || name === 'authorization' || name === 'cookie') {
        await feed(trial, as, { ...right, headers: { ...right.headers, [name]: latin(value) } });
      }
    }
  }
}

/** What a header can hold at all. */
function latin(text: string): string {
  return Buffer.from(text).toString('latin1');
}

async function fuzzBody(trial: Trial, as: Persona, right: Asked): Promise<void> {
  const { route } = trial;
  const allows = judgeOf(route.body!);
  const valid = JSON.stringify(right.body);
  const json: Record<string, string> = { ...right.headers, 'content-type': 'application/json' };
  const send = (body: string | Buffer, forbidden?: string, more = json) =>
    feed(trial, as, { ...right, body, headers: more }, forbidden);
  for (const type of types) {
    await send(valid, 'another media type', { ...right.headers, 'content-type': type ?? '' });
  }
  for (const [say, body] of malformed(valid)) await send(body, say);
  for (const body of doubled(valid)) await send(body, 'a name that comes twice');
  await send(gzipSync(valid), 'a body that is packed', { ...json, 'content-encoding': 'gzip' });
  await send(`{"a":"${'x'.repeat(300_000)}"}`, 'a body that is too large');
  for (const text of [...changesOf(right.body), ...arbitrary(route)]) {
    await send(text, allows(JSON.parse(text)) ? undefined : 'what the schema forbids');
  }
}

/** Fields of a page's form, each with what nobody types; and bodies that are no form. What it refuses itself is a page. */
async function fuzzForm(trial: Trial, as: Persona, right: Asked): Promise<void> {
  const fields = [...new URLSearchParams(String(right.body))];
  const form = (pairs: readonly (readonly [string, string])[]) =>
    new URLSearchParams(pairs.map(([...pair]) => pair)).toString();
  const send = async (body: string | Buffer, forbidden?: string, more = right.headers) => {
    const asked = { ...right, body, headers: more };
    const { status, headers: told, body: page } = await tried(trial, as, asked);
    if (!told['content-type']?.startsWith('text/html')) return feed(trial, as, asked, forbidden);
    const isMarkup = /<(script|img|svg|iframe)[ >]/i.test(page.replace(/<svg viewBox/g, ''));
    const fault = isMarkup ? 'what was typed became markup' : status < 400 && forbidden;
    if (fault) trial.mistakes.push(`${trial.route.path} with ${String(body).slice(0, 200)}: ${fault}`);
  };
  for (const [name] of fields) {
    for (const text of texts) await send(form(fields.map(([other, value]) => [other, other === name ? text : value])));
    await send(form(fields.filter(([other]) => other !== name)), 'a field that is missing');
    await send(form([...fields, [name, mark]]), 'a field that comes twice');
  }
  for (const name of strangeNames) await send(form([...fields, [name, mark]]), 'an unknown field');
  for (const type of [...types, 'application/json']) {
    if (type !== 'application/x-www-form-urlencoded')
      await send(String(right.body), 'another media type', { ...right.headers, 'content-type': type ?? '' });
  }
  for (const [, body] of malformed('{}')) await send(body, 'no form');
  await send(`title=${'x'.repeat(70_000)}`, 'a body that is too large');
}

/** Fields of a webhook, each with what no carrier sends, truly signed; and bodies that are no form. */
async function fuzzWebhook(trial: Trial): Promise<void> {
  const { one, stage } = trial;
  const own = await namesOf(trial, { as: nobody, where: 'ours' });
  const right = request(trial, own);
  const fields = [...new URLSearchParams(String(right.body))];
  const send = (body: string | Buffer) => {
    const headers = one.headers?.({ url: right.url, body }, { stage, once: stage.once() });
    return feed(trial, nobody, { ...right, body, headers });
  };
  const form = (pairs: readonly (readonly [string, string])[]) =>
    new URLSearchParams(pairs.map(([...pair]) => pair)).toString();
  for (const [name] of fields) {
    for (const text of texts.filter((_, at) => at % 3 === 0 || at < 5)) {
      await send(form(fields.map(([other, value]) => [other, other === name ? text : value])));
    }
    await send(form(fields.filter(([other]) => other !== name)));
    await send(form([...fields, [name, mark]]));
  }
  for (const name of strangeNames) await send(form([...fields, [name, mark]]));
  for (const [, body] of malformed('{}')) await send(body);
  await send('x'.repeat(70_000));
}

/** The valid body with each of its parts replaced, left out, or given company, as JSON. */
function changesOf(valid: unknown): string[] {
  const changes: string[] = [...values];
  const marker = `"at-${mark}"`;
  const walk = (part: unknown, wrap: (text: string) => string): void => {
    for (const value of values) changes.push(wrap(value));
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return;
    const entries = Object.entries(part);
    const write = (pairs: readonly (readonly [string, unknown])[]) =>
      `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
    for (const name of strangeNames) changes.push(wrap(write([...entries, [name, mark]])));
    for (const [name] of entries) changes.push(wrap(write(entries.filter(([other]) => other !== name))));
    for (const [name, value] of entries) {
      const around = write(entries.map(([one, other]) => [one, one === name ? `at-${mark}` : other]));
      walk(value, (text) => wrap(around.replace(marker, () => text)));
    }
  };
  walk(valid, (text) => text);
  return [...new Set(changes)];
}

/** Values by chance, the same in every run. */
function arbitrary({ method, path }: Route): string[] {
  const seed = [...`${method} ${path}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  const value = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
  const body = fc.oneof(value, fc.dictionary(text, value, { maxKeys: 6 }));
  return fc.sample(body, { seed, numRuns: 25 }).map((one) => JSON.stringify(one));
}

/** Whether a schema allows a value, objects being closed: read from the declaration, by another hand than the edge's. */
function judgeOf(schema: TSchema): (value: unknown) => boolean {
  const validator = schemas.Compile(closed(schema) as schemas.XSchema);
  return (value) => validator.Check(value);
}

function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (part === null || typeof part !== 'object') return part;
  const inner = Object.entries(part).map(([name, value]) => [name, closed(value)] as const);
  return { ...Object.fromEntries(inner), ...('properties' in part && { additionalProperties: false }) };
}
