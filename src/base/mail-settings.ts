import type { Config } from './config.ts';
import type { Mistake } from './problems.ts';

/** What each way of sending mail needs; `outbox` needs nothing. */
const needs = {
  outbox: [],
  smtp: [
    ['mailFrom', 'SOTTO_MAIL_FROM'],
    ['smtpUrl', 'SOTTO_SMTP_URL'],
  ],
  postmark: [
    ['mailFrom', 'SOTTO_MAIL_FROM'],
    ['postmarkToken', 'SOTTO_POSTMARK_TOKEN'],
  ],
} as const;

/** Settings that the chosen way of sending mail lacks. */
export function mailMistakes(config: Pick<Config, 'mail' | 'mailFrom' | 'smtpUrl' | 'postmarkToken'>): Mistake[] {
  return needs[config.mail]
    .filter(([name]) => config[name] === undefined)
    .map(([, env]) => ({ at: env, fix: `must be set when SOTTO_MAIL is ${config.mail}` }));
}

/** One address, with or without a name before it. */
export function sender(value: string): string {
  const [, name = '', address = value] = /^([^<>"\\]*)<([^<>]*)>$/.exec(value.trim()) ?? [];
  // An address that every mail server takes: RFC 5321 §4.1.2, unquoted, in ASCII.
  const isAddress = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(address.trim());
  if (!isAddress || /\p{Cc}/u.test(name)) {
    throw new Error('must be an address such as sotto@example.com or Sotto <sotto@example.com>');
  }
  return value.trim();
}

/** The same URL with the port named: 587 for submission, 465 for TLS at once (RFC 8314 §3.3). */
export function smtpUrl(value: string): string {
  const url = URL.parse(value);
  const isGood =
    url &&
    ['smtp:', 'smtps:'].includes(url.protocol) &&
    /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])$/i.test(url.hostname) &&
    ['', '/'].includes(url.pathname) &&
    !url.search &&
    !url.hash &&
    (url.username === '') === (url.password === '');
  if (!isGood) {
    throw new Error(
      'must be a URL such as smtp://user:password@smtp.example.com:587, special characters in the password %-encoded',
    );
  }
  const login = url.username === '' ? '' : `${url.username}:${url.password}@`;
  const port = url.port || (url.protocol === 'smtps:' ? '465' : '587');
  return `${url.protocol}//${login}${url.hostname.toLowerCase()}:${port}`;
}

/** Postmark API reference, message streams: small letters, digits and dashes, beginning with a letter. */
export function streamName(value: string): string {
  if (!/^[a-z][a-z0-9-]{0,29}$/.test(value)) throw new Error('must be the id of a message stream, such as outbound');
  return value;
}
