import type { IncomingMessage } from 'node:http';
import { problem } from '#base';
import { namesTwice } from './doubled.ts';

/**
 * Reads the whole body, at most `limit` bytes (`body-too-large` as soon as more is announced or arrives).
 * The bytes are kept as they are: a carrier's signature covers them.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw problem('request-malformed', 'The body broke off.', { cause: error });
  }
  if (size > limit) throw tooLarge(limit);
  return Buffer.concat(chunks);
}

/** True when the request brings a body, by its own account (RFC 9112 §6). */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

/** The media type without parameters, lower case; empty when none was sent. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

/**
 * Reads JSON strictly: UTF-8 without errors, nesting bounded before it is parsed, every name once.
 * Everything that cannot be read is `body-malformed`; the text itself never appears in the error.
 */
export function parseJson(body: Buffer, depth: number): unknown {
  const text = decode(body);
  if (deeperThan(text, depth)) throw problem('body-malformed', `JSON may nest ${depth} levels deep, not more.`);
  const value = parsed(text);
  if (namesTwice(text)) throw problem('body-malformed', 'An object of the body names something twice. Send each once.');
  return value;
}

/** The media type of a form without files. */
export const formType = 'application/x-www-form-urlencoded';

/** Reads a form as a browser sends it (URL standard §5.1): UTF-8 without errors, every name once, all values texts. */
export function parseForm(body: Buffer): Readonly<Record<string, string>> {
  const pairs = decode(body)
    .split('&')
    .filter((pair) => pair !== '')
    .map(fieldIn);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length)
    throw problem('body-malformed', 'A field of the form came twice. Send each once.');
  return Object.fromEntries(pairs);
}

function fieldIn(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  try {
    return [plain(name), plain(value)];
  } catch {
    throw problem('body-malformed', 'The form holds an escape that means nothing.');
  }
}

function plain(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problem('body-malformed', 'The body is not JSON.');
  }
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw problem('body-malformed', 'The body is not UTF-8.');
  }
}

/** Counts brackets outside of strings: exact for JSON, and harmless for text that is none. */
function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let isInside = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (isInside) {
      if (character === '\\') at++;
      else if (character === '"') isInside = false;
    } else if (character === '"') isInside = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > limit) return true;
  }
  return false;
}

function tooLarge(limit: number) {
  return problem('body-too-large', `The body may have ${limit} bytes, not more.`);
}
