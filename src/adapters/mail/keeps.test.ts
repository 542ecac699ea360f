import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadCatalogue, operatorsBaa, type OutsideProcessor, type Residue } from '#base';
import { assertSaysWhatStays } from '../../../test/keeps.ts';
import type { MailVendor } from './mail-vendor.ts';

test('every way of sending mail says what stays with whoever carries it, for how long and who says so', async () => {
  const items = await loadCatalogue<MailVendor>(join(import.meta.dirname, 'vendors'));
  assert.ok(items.length >= 3);
  for (const { item } of items) assertSaysWhatStays(item.processor);
});

test('the check of what they say can fail', () => {
  const good = {
    what: 'mails',
    say: {
      en: 'What the mails say, for a time',
      es: 'Lo que dicen los correos, un tiempo',
      pt: 'O que dizem os e-mails, por um tempo',
      hi: 'ईमेल में क्या लिखा है, कुछ समय तक',
    },
    days: 45,
    from: 'made',
    deletable: false,
    source: 'https://example.com/retention',
    verified: true,
  } as const;
  const words = { purpose: 'x', data: ['mails'], region: 'x' };
  const nobody = { website: null, security: null, baa: operatorsBaa, certifications: [] };
  const data: OutsideProcessor['data'] = ['mails'];
  const processor = { ...words, ...nobody, data, name: 'X', hosts: ['x.example'], es: words, pt: words, hi: words };
  assert.doesNotThrow(() => assertSaysWhatStays({ ...processor, keeps: [good] }));
  const wrong: (readonly Residue[])[] = [
    [],
    [good, good],
    [{ ...good, source: 'somebody said so' }],
    [{ ...good, days: -1 }],
    [{ ...good, deletable: true }],
    [{ ...good, say: { ...good.say, es: good.say.en } }],
    [{ ...good, say: { ...good.say, es: '' } }],
  ];
  for (const keeps of wrong) assert.throws(() => assertSaysWhatStays({ ...processor, keeps }), JSON.stringify(keeps));
});
