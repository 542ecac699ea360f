import { relative, sep } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { root } from '../program.ts';

const restMs = Number(process.env['TEST_REST_MS']);

/**
 * Writes which files ran a test, once the run is over: a run that ends early leaves nothing, and a file whose
 * tests vanished is missing. It lives in the process of the tests, so it can also tell what keeps that alive.
 */
export default async function* ranFiles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files = new Set<string>();
  let waiting = 0;
  let rest: NodeJS.Timeout | undefined;
  for await (const event of events) {
    if (event.type === 'test:enqueue') waiting += 1;
    if (event.type === 'test:complete') waiting -= 1;
    if (event.type === 'test:pass' || event.type === 'test:fail') files.add(nameOf(event.data.file));
    clearTimeout(rest);
    if (waiting === 0) rest = setTimeout(endWhatIsLeft, restMs).unref();
  }
  clearTimeout(rest);
  yield JSON.stringify([...files]);
}

function endWhatIsLeft(): void {
  const open = process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout' && kind !== 'PipeWrap');
  console.error(`\nAll tests are over, but something was left open: ${open.join(', ') || 'a timer'}.`);
  process.exit(1);
}

function nameOf(file: string | undefined): string {
  return relative(root, file ?? '')
    .split(sep)
    .join('/');
}
