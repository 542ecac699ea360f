import type { ObjectStore } from '#adapters/objects';
import { frameMs, indexOf, objectOf, openSegment, segmentMs } from '#media';
import { frameBytes } from './wav.ts';
import type { Ending } from './end.ts';

/** What really lies in the store of a recording: its segments from the first to the last that follow each other. */
export async function survey(objects: ObjectStore, key: Buffer, prefix: string): Promise<Ending> {
  const found = new Set<number>();
  let after: string | null | undefined;
  while (after !== null) {
    const { names, next } = await objects.list(`${prefix}/`, after === undefined ? {} : { after });
    for (const name of names) found.add(indexOf(prefix, name) ?? -1);
    after = next;
  }
  let segments = 0;
  while (found.has(segments)) segments += 1;
  return endingOf(objects, key, { prefix, segments });
}

/** A last one that does not open does not count; it is whole only when the last one says that nothing follows. */
async function endingOf(
  objects: ObjectStore,
  key: Buffer,
  { prefix, segments }: { readonly prefix: string; readonly segments: number },
): Promise<Ending> {
  if (segments === 0) return { state: 'lost', segments: 0, ms: 0 };
  const index = segments - 1;
  const sealed = await objects.get(objectOf({ prefix, index }));
  const last = sealed && openSegment(key, { prefix, index }, sealed);
  if (!last) return { state: 'lost', segments: index, ms: index * segmentMs };
  const ms = index * segmentMs + (last.plain.length / frameBytes) * frameMs;
  return { state: last.last ? 'closed' : 'lost', segments, ms };
}
