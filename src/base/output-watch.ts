type Write = typeof process.stdout.write;

/**
 * Does the work, and tells all that this process wrote to its two outputs meanwhile, whoever wrote it: the log, the
 * console, a library. It cannot see what is written to files, or by native code.
 */
export async function watchOutput<T>(
  work: () => Promise<T>,
  outputs: readonly Pick<NodeJS.WriteStream, 'write'>[] = [process.stdout, process.stderr],
): Promise<{ readonly result: T; readonly text: string }> {
  const chunks: Buffer[] = [];
  const end = hearOutput((chunk) => void chunks.push(chunk), outputs);
  try {
    const result = await work();
    return { result, text: Buffer.concat(chunks).toString() };
  } finally {
    end();
  }
}

/** Hears all that this process writes to its two outputs, until the function it returns is called. */
export function hearOutput(
  heard: (chunk: Buffer) => void,
  outputs: readonly Pick<NodeJS.WriteStream, 'write'>[] = [process.stdout, process.stderr],
): () => void {
  const endings = outputs.map((output) => listenIn(output, heard));
  return () => {
    for (const end of endings) end();
  };
}

/** What is written goes on as it was; ends in whatever order several end. */
function listenIn(output: Pick<NodeJS.WriteStream, 'write'>, heard: (chunk: Buffer) => void): () => void {
  const before = output.write;
  let isOver = false;
  const write = ((...given: Parameters<Write>): boolean => {
    if (!isOver) heard(Buffer.from(given[0] as string));
    return before.apply(output, given);
  }) as Write;
  output.write = write;
  return () => {
    isOver = true;
    if (output.write === write) output.write = before;
  };
}
