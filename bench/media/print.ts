import { ownShare, wrongCount, type Figures } from './figures.ts';
import type { Spread } from './samples.ts';

/** One line of the table. */
export type Line = { readonly target: string; readonly figures: Figures };

/** The table for people: a line for each target, the yardstick first, and what the others are to it. */
export function tableOf(lines: readonly Line[]): string {
  const [yardstick] = lines;
  const width = Math.max(...lines.map(({ target }) => target.length), 'target'.length);
  const head = [
    'target'.padEnd(width),
    '   up p50/p95/p99 ms',
    ' down p50/p95/p99 ms',
    '   barge-in p50/p95/p99 ms',
    '  CPU s/call-min',
    '  kB/call',
    '  wrong',
  ].join('');
  const rows = lines.map(({ target, figures }) => `${target.padEnd(width)}${cellsOf(figures)}`);
  const ratios = lines.slice(1).map((line) => ratioOf(line, yardstick!));
  return [head, ...rows, ...ratios, ...lines.flatMap(notesOf)].map((line) => `  ${line}`).join('\n');
}

function cellsOf(figures: Figures): string {
  return [
    spread(figures.up).padStart(20),
    spread(figures.down).padStart(20),
    spread(figures.bargeIn).padStart(26),
    ownShare(figures.cpu).toFixed(3).padStart(16),
    ownShare(figures.memory).toFixed(0).padStart(9),
    `${wrongCount(figures)}`.padStart(7),
  ].join('');
}

function spread({ p50, p95, p99 }: Spread): string {
  return [p50, p95, p99].map((value) => value.toFixed(2)).join(' ');
}

/** The budgets of the design: added latency, barge-in, CPU and memory of a call. */
function ratioOf({ target, figures }: Line, yardstick: Line): string {
  const { figures: bare } = yardstick;
  const latency = (which: 'up' | 'down' | 'bargeIn', word: string) => {
    const limit = Math.max(5, 2 * bare[which].p99);
    return verdict(
      `${word} p99 ${figures[which].p99.toFixed(2)} ms`,
      figures[which].p99 <= limit,
      `${limit.toFixed(2)} ms`,
    );
  };
  const cpu = ownShare(figures.cpu) / ownShare(bare.cpu);
  const memory = ownShare(figures.memory);
  return [
    `${target} against ${yardstick.target}:`,
    latency('up', 'up'),
    latency('down', 'down'),
    latency('bargeIn', 'barge-in'),
    verdict(`CPU ${cpu.toFixed(2)}x`, cpu <= 1.2, '1.2x'),
    verdict(`memory ${memory.toFixed(0)} kB a call`, memory <= 300, '300 kB'),
  ].join('\n    ');
}

function verdict(what: string, isWithin: boolean, limit: string): string {
  return `${what.padEnd(24)} ${isWithin ? 'within' : 'OVER'} ${limit}`;
}

/** What the table has no column for. */
function notesOf({ target, figures }: Line): readonly string[] {
  const { wrongs, cpu, memory, cut, silence, aheadMs, lateMs, othersBusy } = figures;
  const wrong = Object.entries(wrongs).filter(([, count]) => count > 0);
  const parts = (['main', 'child', 'postgres'] as const).filter((part) => cpu[part] > 0 || memory[part] > 0);
  const split = parts.map((part) => `${part} ${cpu[part].toFixed(3)} s ${memory[part].toFixed(0)} kB`).join(', ');
  return [
    `${target}: ${split}; tails dropped ${cut} frames, silence put in ${silence}, queued at most ${aheadMs.toFixed(0)} ms, load late by ${lateMs.toFixed(1)} ms p99, other programs on ${othersBusy.toFixed(1)} processors`,
    ...(wrong.length > 0 ? [`${target} WRONG: ${wrong.map(([what, count]) => `${what} ${count}`).join(', ')}`] : []),
  ];
}
