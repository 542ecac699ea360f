import { Personal, type Id, type KeySubject } from '#base';
import type { Place } from '#safeguards/vault';
import type { Notice } from './notice.ts';

/** What a mail is made of when it is sent. */
export type Content = { readonly language: string; readonly notice: Notice };

/** The address stays with the log of mails, for twelve months. */
export function recipientSubject(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'mail', id };
}

/** What a mail says dies when it has gone: a key of its own, so that it dies in every backup as well. */
export function contentSubject(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'mail-content', id };
}

export function placeOf(id: Id, column: 'recipient' | 'content'): Place {
  return { table: 'mails', row: id, column };
}

export function contentOf(language: string, notice: Notice): Personal {
  return new Personal(JSON.stringify({ language, notice } satisfies Content));
}

export function contentFrom(sealed: Personal): Content {
  return JSON.parse(sealed.reveal()) as Content;
}

/**
 * The product's own canaries have addresses under a name that leads nowhere, now and for ever (RFC 6761 §6.4). What is
 * written to them is written and thrown away: no provider is bothered with it, and no outbox is filled.
 */
export function leadsNowhere(to: Personal): boolean {
  return to.reveal().endsWith('@canary.invalid');
}
