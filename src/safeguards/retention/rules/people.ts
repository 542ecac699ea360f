import { sql, type Id, type Tx } from '#base';
import { deleteRows, oldestOf, pick, type Aged } from '../due.ts';
import { handedOver } from '../hand-over-sweeps.ts';
import type { Rows, Rule } from '../rule.ts';

/** Nobody of whom a call is being written at this moment: it goes on, or what came of it is not there yet. */
const people: Aged = {
  table: 'contacts',
  at: 'seen_at',
  holds: 'contact',
  where: (organisation) => sql`not exists (
    select from app.calls c where c.organisation_id = ${organisation} and c.contact_id = t.id
      and (c.state = 'live' or c.finished_at is null))`,
};

/** A call of theirs that was not handed over; whoever rings takes the mark away as well. */
const isNeeded = sql`exists (
  select from app.calls x
  where x.organisation_id = t.organisation_id and x.contact_id = t.id and x.handed_over_at is null)`;

export default {
  say: {
    en: 'Who called: number, name, language',
    es: 'Quién llamó: número, nombre, idioma',
    pt: 'Quem ligou: número, nome, idioma',
    hi: 'किसने कॉल की: नंबर, नाम, भाषा',
  },
  subject: 'caller',
  purpose: {
    en: 'To know a caller who rings again.',
    es: 'Reconocer a quien vuelve a llamar.',
    pt: 'Reconhecer quem liga de novo.',
    hi: 'दोबारा कॉल करने वाले को पहचानने के लिए।',
  },
  covers: ['app.contacts.*'],
  keeps: {
    by: 'setting',
    from: { en: 'the latest call', es: 'la última llamada', pt: 'a última chamada', hi: 'नवीनतम कॉल' },
    mayLastWithAccount: true,
  },
  ends: ['key', 'row'],
  sweep: {
    keys: ['person'],
    due: (tx, due) => pick(people, tx, due),
    oldest: (tx, organisation) => oldestOf(people, tx, organisation),
    before: hide,
    end: forget,
  },
  afterHandOver: {
    keys: ['person'],
    ...handedOver('contacts', 'contact', isNeeded),
    before: hide,
    end: forget,
  },
} satisfies Rule;

/** They can no longer be found by their number, so that whoever rings now becomes somebody new. */
async function hide(_: unknown, tx: Tx, { organisation, ids }: Rows): Promise<number> {
  return tx.run(sql`
    update app.contacts set phone_index = null
    where organisation_id = ${organisation} and id = any (${ids}) and phone_index is not null`);
}

async function forget(_: unknown, tx: Tx, { organisation, ids }: Rows): Promise<readonly Id[]> {
  const unlink = (table: 'calls' | 'messages' | 'leads' | 'appointments') => tx.run(unlinked[table](organisation, ids));
  await Promise.all([unlink('calls'), unlink('messages'), unlink('leads'), unlink('appointments')]);
  return deleteRows(people, tx, { organisation, ids });
}

const unlinked = {
  calls: (organisation: Id, ids: readonly Id[]) =>
    sql`update app.calls set contact_id = null where organisation_id = ${organisation} and contact_id = any (${ids})`,
  messages: (organisation: Id, ids: readonly Id[]) =>
    sql`update app.messages set contact_id = null where organisation_id = ${organisation} and contact_id = any (${ids})`,
  leads: (organisation: Id, ids: readonly Id[]) =>
    sql`update app.leads set contact_id = null where organisation_id = ${organisation} and contact_id = any (${ids})`,
  appointments: (organisation: Id, ids: readonly Id[]) => sql`
    update app.appointments set contact_id = null where organisation_id = ${organisation} and contact_id = any (${ids})`,
};
