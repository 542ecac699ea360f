import { relative, sep } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { root } from '../program.ts';

const restMs = Number(process.env['TEST_REST_MS']);

/** A line of the report, as it becomes known. */
export type Reported =
  /** A file that ran a test. */
  | { readonly ran: string }
  /** A test that failed: its file, its name, and the beginning of why. */
  | { readonly failed: string }
  | { readonly isOver: true };

/**
 * Writes what ran and what failed, a line of JSON each, and at last that the run is over: a run that ends early leaves no
 * such line, and a file whose tests vanished is missing. It lives in the process of the tests, so it can also tell what
 * keeps that alive.
 */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const ran = new Set<string>();
  let waiting = 0;
  let rest: NodeJS.Timeout | undefined;
  for await (const event of events) {
    if (event.type === 'test:enqueue') waiting += 1;
    if (event.type === 'test:complete') waiting -= 1;
    if (event.type === 'test:fail') yield line({ failed: told(event.data) });
    if (event.type === 'test:pass' || event.type === 'test:fail') {
      const file = nameOf(event.data.file);
      if (!ran.has(file)) yield line({ ran: file });
      ran.add(file);
    }
    clearTimeout(rest);
    if (waiting === 0) rest = setTimeout(endWhatIsLeft, restMs).unref();
  }
  clearTimeout(rest);
  yield line({ isOver: true });
}

function line(reported: Reported): string {
  return `${JSON.stringify(reported)}\n`;
}

function endWhatIsLeft(): void {
  const open = process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout' && kind !== 'PipeWrap');
  console.error(`\nAll tests are over, but something was left open: ${open.join(', ') || 'a timer'}.`);
  process.exit(1);
}

/** What fails because of a test inside it says only that, and that test has a line of its own. */
function told({ file, name, details }: { file?: string; name: string; details: { error: Error } }): string {
  const why = details.error.cause instanceof Error ? details.error.cause.message : details.error.message;
  return `${nameOf(file)}: ${name}: ${why.replaceAll(/\s+/g, ' ').slice(0, 300)}`;
}

function nameOf(file: string | undefined): string {
  return relative(root, file ?? '')
    .split(sep)
    .join('/');
}
