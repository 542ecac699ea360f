import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { promisify } from 'node:util';

/** What processes have used since they began, and hold now. */
export type Cost = { readonly cpuSeconds: number; readonly rssBytes: number };

/** CPU seconds that the whole machine has used, and those of this process with everything below it. */
export type Machine = { readonly usedSeconds: number; readonly ourSeconds: number };

/** One process, as the system lists it. */
type Row = { readonly pid: number; readonly parent: number; readonly name: string } & Cost;

/** `sysconf(_SC_CLK_TCK)` is 100 on every Linux that Node supports. */
const ticksPerSecond = 100;

/** Whose cost it is: the process that was started, the ones it started in turn, or a database among those. */
export type Part = 'main' | 'child' | 'postgres';

/**
 * CPU time and memory of a process and everything below it. Read from outside, so that measuring costs the measured
 * nothing. All zero where the system does not tell.
 */
export async function costsBelow(pid: number): Promise<Readonly<Record<Part, Cost>>> {
  const rows = await allProcesses();
  const family = new Set([pid]);
  for (let grown = 0; grown !== family.size;) {
    grown = family.size;
    for (const row of rows) if (family.has(row.parent)) family.add(row.pid);
  }
  const sum = (part: Part): Cost => {
    const own = rows.filter((row) => family.has(row.pid) && partOf(row, pid) === part);
    return {
      cpuSeconds: own.reduce((so, { cpuSeconds }) => so + cpuSeconds, 0),
      rssBytes: own.reduce((so, { rssBytes }) => so + rssBytes, 0),
    };
  };
  return { main: sum('main'), child: sum('child'), postgres: sum('postgres') };
}

/** For telling how much of the machine others took meanwhile. */
export async function machineCost(): Promise<Machine> {
  const usedMs = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const { main, child, postgres } = await costsBelow(process.pid);
  return { usedSeconds: usedMs / 1e3, ourSeconds: main.cpuSeconds + child.cpuSeconds + postgres.cpuSeconds };
}

function partOf({ pid, name }: Row, root: number): Part {
  if (pid === root) return 'main';
  return name.startsWith('postgres') ? 'postgres' : 'child';
}

async function allProcesses(): Promise<readonly Row[]> {
  if (process.platform === 'linux') return readdirSync('/proc').flatMap(fromProc);
  if (process.platform === 'win32') return [];
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,time=,rss=,ucomm=']);
  return stdout.split('\n').flatMap(fromPs);
}

/** proc_pid_stat(5). The name stands in brackets and may hold anything; fields are counted behind it. */
function fromProc(entry: string): readonly Row[] {
  if (!/^\d+$/.test(entry)) return [];
  try {
    const text = readFileSync(`/proc/${entry}/stat`, 'latin1');
    const close = text.lastIndexOf(')');
    const fields = text
      .slice(close + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, utime = 0, stime = 0] = [fields[1], fields[11], fields[12]];
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${entry}/status`, 'latin1'))?.[1];
    const name = text.slice(text.indexOf('(') + 1, close);
    const cpuSeconds = (utime + stime) / ticksPerSecond;
    return [{ pid: Number(entry), parent, name, cpuSeconds, rssBytes: Number(resident ?? 0) * 1024 }];
  } catch {
    return []; // It ended meanwhile.
  }
}

/** `[[dd-]hh:]mm:ss[.cc]`, kilobytes. */
function fromPs(line: string): readonly Row[] {
  const [pid, parent, time = '', rss, name = ''] = line.trim().split(/\s+/);
  if (!pid) return [];
  const [days, clock] = time.includes('-') ? time.split('-') : ['0', time];
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const cpuSeconds = Number(days) * 86_400 + seconds;
  return [{ pid: Number(pid), parent: Number(parent), name, cpuSeconds, rssBytes: Number(rss) * 1024 }];
}
