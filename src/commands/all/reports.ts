import { isId, iso, problem, type Id } from '#base';
import { openSenses, type Senses } from '#app';
import {
  isoOrNull,
  listReports,
  openReport,
  reasons,
  severities,
  workOnReport,
  type OpenedReport,
  type Report,
  type Step,
} from '#safeguards/disclosure';
import { silent, type Command, type Io } from '../command.ts';

const verbs = ['list', 'show', 'acknowledge', 'assess', 'fixed', 'close', 'reply'] as const;
const by = 'command:reports';

export default {
  say: 'Works on reports of weaknesses that came by /trust/security: lists and shows them, and takes each step, which stops its clock and tells whoever reported it. `list` exits 1 while a promise about one is overdue.',
  words: [
    { name: 'what', say: 'what to do', oneOf: verbs },
    { name: 'report', say: 'the id of the report', isOptional: true },
  ],
  options: {
    severity: { type: 'string', say: `with assess: ${severities.join(', ')}` },
    reason: { type: 'string', say: `with close: ${reasons.join(', ')}` },
    text: { type: 'string', say: 'with reply: what whoever reported it reads on the page of their receipt' },
    all: { type: 'boolean', say: 'with list: those that are closed as well' },
  },
  async run(io) {
    const asked = askedIn(io);
    const senses = await openSenses(io.config(), silent);
    try {
      if (asked.do === 'list') return await list(senses, io);
      if (asked.step) await workOnReport(senses.ctx, { id: asked.id, by, step: asked.step });
      const report = await openReport(senses.ctx, { id: asked.id, by });
      if (!report) throw problem('not-found', 'There is no such report.');
      io.print(documentOf(report), shown(report, senses.ctx.clock.now()));
      return 0;
    } finally {
      await senses.close();
    }
  },
} satisfies Command;

type Asked = { readonly do: 'list' } | { readonly do: 'one'; readonly id: Id; readonly step: Step | undefined };

/** Throws `usage`. */
function askedIn(io: Io): Asked {
  const { what, report: id } = io.words;
  if (what === 'list') return { do: 'list' };
  if (id === undefined || !isId(id))
    throw problem('usage', 'Name the report by its id: ./sotto reports list shows them.');
  return { do: 'one', id, step: stepIn(io, what) };
}

function stepIn(io: Io, what: string | undefined): Step | undefined {
  switch (what) {
    case 'acknowledge':
    case 'fixed':
      return { do: what };
    case 'assess':
      return { do: 'assess', severity: oneOf(io, 'severity', severities) };
    case 'close':
      return { do: 'close', reason: oneOf(io, 'reason', reasons) };
    case 'reply': {
      const text = io.options['text'];
      if (typeof text !== 'string' || text.trim() === '' || text.length > 20_000)
        throw problem('usage', 'Say the reply with --text, in up to 20,000 characters.');
      return { do: 'reply', text };
    }
    default:
      return undefined;
  }
}

function oneOf<T extends string>(io: Io, name: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === io.options[name]);
  if (found === undefined) throw problem('usage', `Say --${name}, one of ${allowed.join(', ')}.`);
  return found;
}

async function list({ ctx }: Senses, io: Io): Promise<0 | 1> {
  const all = await listReports(ctx, { open: io.options['all'] !== true });
  const now = ctx.clock.now();
  const lines = all.map((one) => `${one.id}  ${iso(one.receivedAt)}  ${standing(one, now)}`);
  const isLate = all.some((one) => overdue(one, now).length > 0);
  const documents = all.map((one) => ({ ...summaryOf(one), overdue: overdue(one, now) }));
  io.print(documents, lines.length > 0 ? lines.join('\n') : 'There is no open report.');
  return isLate ? 1 : 0;
}

function overdue({ clocks }: Report, now: number): readonly string[] {
  return clocks.filter(({ doneAt, due }) => doneAt === null && due <= now).map(({ what }) => what);
}

function standing(report: Report, now: number): string {
  const { severity, reason, clocks } = report;
  if (reason !== null) return `closed: ${reason}`;
  const late = overdue(report, now);
  const next = clocks.find(({ doneAt }) => doneAt === null);
  const due =
    late.length > 0 ? `OVERDUE: ${late.join(', ')}` : next ? `${next.what} due ${iso(next.due)}` : 'no clock runs';
  return `${severity ?? 'not assessed'}; ${due}`;
}

function summaryOf({ id, receivedAt, via, severity, closedAt, reason, clocks }: Report) {
  return {
    id,
    receivedAt: iso(receivedAt),
    via,
    severity,
    closedAt: isoOrNull(closedAt),
    reason,
    clocks: clocks.map(({ what, due, doneAt }) => ({ what, dueAt: iso(due), doneAt: isoOrNull(doneAt) })),
  };
}

function documentOf(report: OpenedReport) {
  const { title, details, contact, replies } = report;
  const answers = replies.map(({ at, text }) => ({ at: iso(at), text }));
  return { ...summaryOf(report), title, details, contact, answers };
}

function shown(report: OpenedReport, now: number): string {
  const { id, receivedAt, via, title, details, contact, replies, clocks } = report;
  return [
    `Report ${id}, ${iso(receivedAt)}, by ${via === 'page' ? 'the page' : 'a program'}: ${standing(report, now)}`,
    ...clocks.map(
      ({ what, due, doneAt }) => `  ${what}: due ${iso(due)}, ${doneAt === null ? 'open' : `done ${iso(doneAt)}`}`,
    ),
    `  ${contact === null ? 'Nobody to be told' : `To be told: ${harmless(contact)}`}`,
    '',
    title === null ? 'What was written has ended.' : harmless(title),
    ...(details === null ? [] : ['', harmless(details)]),
    ...replies.flatMap(({ at, text }) => ['', `Answered ${iso(at)}:`, harmless(text)]),
  ].join('\n');
}

/** A stranger wrote it, and a terminal obeys what it is sent: nothing but letters, tabs and ends of lines. */
function harmless(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n\t]/gu, '\u{fffd}');
}
