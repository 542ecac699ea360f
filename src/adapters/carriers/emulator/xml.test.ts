import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isProblem, markup } from '#base';
import { elementsOf, parseXml, textOf } from './xml.ts';

test('elements, attributes, text and entities are read', () => {
  const root = parseXml(
    `<?xml version="1.0" encoding="UTF-8"?>\n<a b="1 &amp; 2" c='"x"'>x &lt;&#233;&#x1F600;<d/><e f = "g" >y</e ></a>\n`,
  );
  assert.deepEqual(
    [...root.attributes],
    [
      ['b', '1 & 2'],
      ['c', '"x"'],
    ],
  );
  assert.equal(textOf(root), 'x <é😀');
  assert.deepEqual(
    root.children.slice(1).map((child) => (typeof child === 'string' ? child : child.name)),
    ['d', 'e'],
  );
});

test('what can smuggle, and what is not well-formed, is refused', () => {
  const bad = [
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<a><![CDATA[x]]></a>',
    '<a><!-- x --></a>',
    '<a><?php x ?></a>',
    '<a>&unknown;</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>&#1114112;</a>',
    '<a>&constructor;</a>',
    '<a>a & b</a>',
    '<a b="<"/>',
    '<a b="1" b="2"/>',
    '<a b=1/>',
    '<a b/>',
    '<a>]]></a>',
    '<a></b>',
    '<a>',
    '<a/><b/>',
    'text',
    '',
    '<a/>text',
    '<a>\u0007</a>',
    '< a/>',
    '<a xmlns:x="y"><x:b/></a>',
    '<a>'.repeat(20) + '</a>'.repeat(20),
    `<a>${'x'.repeat(70_000)}</a>`,
  ];
  for (const text of bad) {
    assert.throws(
      () => parseXml(text),
      (error) => isProblem(error, 'body-malformed'),
      text.slice(0, 60),
    );
  }
});

test('text between elements that should stand alone is refused', () => {
  assert.throws(() => elementsOf(parseXml('<a>x<b/></a>')), isProblem);
  assert.deepEqual(
    elementsOf(parseXml('<a>\n  <b/>\n</a>')).map(({ name }) => name),
    ['b'],
  );
});

test('whatever our markup escapes is read back as it was', () => {
  const legal = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(legal, legal, (text, value) => {
      const root = parseXml(markup`<a b="${value}">${text}</a>`.text);
      assert.equal(textOf(root), text);
      assert.equal(root.attributes.get('b'), value);
    }),
  );
});

test('no text makes the reader crash', () => {
  const piece = fc.constantFrom('<', '>', '/', '"', "'", '=', '&', ';', '#', '!', '?', ' ', 'a', '</a>', '<a>', ']]>');
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        try {
          parseXml(text);
        } catch (error) {
          assert.ok(isProblem(error, 'body-malformed'), String(error));
        }
      },
    ),
    { numRuns: 500 },
  );
});
