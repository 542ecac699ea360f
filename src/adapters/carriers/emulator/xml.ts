import { problem } from '#base';

/** An element with its attributes and what it contains, in order. */
export type Element = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (Element | string)[];
};

const largest = 64 * 1_024;
const deepest = 16;
const named: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * Reads a whole document of elements, attributes and text (XML 1.0 without DTD). Document types, CDATA, comments and
 * processing instructions are refused: an answer to a carrier needs none, and each has been used to smuggle.
 * Throws `body-malformed`.
 */
export function parseXml(text: string): Element {
  if (text.length > largest) throw malformed('is larger than 64 KiB');
  if (illegal.test(text)) throw malformed('holds a character that XML does not have');
  const reader = { text, at: 0 };
  take(reader, /<\?xml version="1\.0"( encoding="UTF-8")?\?>/y);
  take(reader, /\s*/y);
  const root = element(reader, 1);
  take(reader, /\s*/y);
  if (reader.at < text.length) throw malformed('goes on after its root element');
  return root;
}

/** The text directly inside an element, without that of its children. */
export function textOf(of: Element): string {
  return of.children.filter((child) => typeof child === 'string').join('');
}

/** The elements directly inside an element; throws when there is text between them. */
export function elementsOf(of: Element): readonly Element[] {
  if (textOf(of).trim() !== '') throw malformed(`has text directly in ${of.name}`);
  return of.children.filter((child) => typeof child !== 'string');
}

type Reader = { readonly text: string; at: number };

function element(reader: Reader, depth: number): Element {
  if (depth > deepest) throw malformed('nests too deep');
  const name = take(reader, /<([A-Za-z_][\w.-]*)/y)?.[1];
  if (name === undefined) throw malformed('has something other than an element where one is due');
  const attributes = attributesOf(reader);
  if (take(reader, /\s*\/>/y)) return { name, attributes, children: [] };
  if (!take(reader, /\s*>/y)) throw malformed('has a tag that does not close');
  const children: (Element | string)[] = [];
  for (;;) {
    const words = take(reader, /[^<]+/y)?.[0];
    if (words !== undefined) children.push(decode(words));
    const end = take(reader, /<\/([A-Za-z_][\w.-]*)\s*>/y)?.[1];
    if (end === name) return { name, attributes, children };
    if (end !== undefined) throw malformed('closes another element than it opened');
    children.push(element(reader, depth + 1));
  }
}

function attributesOf(reader: Reader): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (;;) {
    const found = take(reader, /\s+([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y);
    if (!found) return attributes;
    const [, name = '', double, single] = found;
    if (attributes.has(name)) throw malformed('gives an attribute twice');
    attributes.set(name, decode(double ?? single ?? '').replace(/[\t\n\r]/g, ' '));
  }
}

function decode(text: string): string {
  if (text.includes(']]>')) throw malformed('ends a CDATA section that was never opened');
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));|&/g, (_, decimal, hex, name) => {
    const point = decimal ? Number(decimal) : hex ? Number.parseInt(String(hex), 16) : undefined;
    const character = point === undefined ? named.get(String(name)) : point <= 0x10ffff && String.fromCodePoint(point);
    if (!character || illegal.test(character)) throw malformed('has an entity that is not known');
    return character;
  });
}

function take(reader: Reader, shape: RegExp): RegExpExecArray | undefined {
  shape.lastIndex = reader.at;
  const found = shape.exec(reader.text);
  if (!found) return undefined;
  reader.at = shape.lastIndex;
  return found;
}

function malformed(what: string): Error {
  return problem('body-malformed', `The document ${what}.`);
}
