import { Personal, type Id, type KeySubject } from '#base';
import { instanceId } from '#safeguards/accounts';
import type { Place } from '#safeguards/vault';

/** What somebody wrote. */
export type Written = { readonly title: string; readonly details: string };

/** One key for all that was written about one report. */
export function reportSubject(id: Id): KeySubject {
  return { organisation: instanceId, kind: 'report', id };
}

export function placeOf(id: Id, column: 'content' | 'contact'): Place {
  return { table: 'vulnerability_reports', row: id, column };
}

export function replyPlace(id: Id): Place {
  return { table: 'report_replies', row: id, column: 'content' };
}

export function contentOf(written: Written): Personal {
  return new Personal(JSON.stringify(written));
}

export function writtenIn(content: Personal): Written {
  return JSON.parse(content.reveal()) as Written;
}
