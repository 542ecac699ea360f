import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openServer } from '#edge';
import { entryOf, type Version } from '#safeguards/register';
import { trustRoutes } from '#trust';
import { always } from '../../../test/edge.ts';
import { openProvingGround } from '../../../test/proving.ts';
import { publish } from '../../../test/publish.ts';
import { diffBody } from './processors-diff.ts';

const words = (of: string) => ({ purpose: of, data: [`${of} data`] as [string], region: `${of} region` });
const four = { en: 'logs', es: 'registros', pt: 'registros', hi: 'लॉग' };
const before = entryOf(
  {
    ...words('English'),
    name: 'Example',
    es: words('Español'),
    pt: words('Português'),
    hi: words('हिन्दी'),
    hosts: ['a.example'],
    website: null,
    security: null,
    baa: { offered: 'no', when: four, source: 'x', verified: true },
    certifications: [],
    keeps: [],
  },
  ['installation'],
);
const after = {
  ...before,
  hosts: ['b.example'],
  words: { ...before.words, pt: words('Outro') },
  keeps: [{ what: 'logs', say: four, days: 3, from: 'made' as const, deletable: false, source: 'x', verified: true }],
};

test('what changed of a company is said in the language of the reader, names of fields too', () => {
  const version = (number: number, entry: typeof before): Version => ({
    number,
    at: 0,
    hash: '00',
    content: '',
    entries: [entry],
    changes: { added: [], removed: [], changed: [{ id: before.id, fields: ['hosts', 'keeps', 'words'] }] },
  });
  const { text } = diffBody(version(2, after), version(1, before), 'pt');
  for (const word of ['Servidores', 'O que fica lá', 'Para quê, o que vê, onde', 'Português region', 'Outro region'])
    assert.ok(text.includes(word), word);
  assert.doesNotMatch(text, /English|Español|हिन्दी|लॉग|>(?:hosts|keeps|words)</);
});

test('the feed speaks the language that its link names, and is one feed in all of them', async (t) => {
  const ground = await openProvingGround();
  const routes = trustRoutes({
    ...ground.ctx,
    publicUrl: () => 'https://phone.example',
    maySeeDrafts: () => Promise.resolve(false),
  });
  const server = await openServer(ground.ctx, { routes, identify: () => Promise.resolve(undefined), admit: always });
  t.after(async () => {
    await server.close();
    await ground.close();
  });
  await publish(ground.ctx);
  const feed = async (query: string) =>
    (await server.inject({ method: 'GET', url: `/trust/processors.atom${query}` })).body;
  const [english, hindi] = [await feed(''), await feed('?lang=hi')];
  assert.match(english, /xml:lang="en"/);
  assert.match(hindi, /xml:lang="hi"[\s\S]*<title>[^<]*\p{Script=Devanagari}/u);
  const ids = (text: string) => [...text.matchAll(/<id>([^<]+)/g)].map(([, id]) => id);
  assert.deepEqual(ids(hindi), ids(english));
  const page = await server.inject({ method: 'GET', url: '/trust/processors?lang=hi' });
  assert.match(page.body, /href="\/trust\/processors\.atom\?lang=hi"/);
});
