import { open } from 'node:fs/promises';
import { problem } from '#base';
import { verifyEntryProof } from '#safeguards/log';
import type { Verified, Verifying } from './verifying.ts';

const begin = 'c2sp.org/tlog-proof@v1\n';

/** Whether a file holds the proof of one entry. False for one that cannot be read: that is said by whoever reads it. */
export async function isProofFile(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(begin.length), 0, begin.length, 0);
    return buffer.subarray(0, bytesRead).toString('utf8') === begin;
  } finally {
    await handle.close();
  }
}

/** Verifies the proof of one entry. It wants keys: a proof names none. */
export function verifyProof(text: string, by: Verifying): Verified {
  if (by.keys.length === 0) {
    throw problem('usage', 'A proof is verified with keys: give those that the installation publishes with --key.');
  }
  const check = verifyEntryProof(text, by);
  const { entry, index, log, details, global, cosigned, faults } = check;
  const document = {
    entry,
    index,
    log,
    details,
    global: global && { origin: global.origin, size: global.size, root: global.root.toString('hex') },
    cosigned,
    faults,
  };
  const lines =
    faults.length > 0
      ? ['WRONG: this proof shows nothing.']
      : [
          `Right: entry ${index} of the log ${log}.`,
          `What           ${entry!.action}, ${entry!.object}`,
          `By             ${entry!.actor}, at ${entry!.at}`,
          ...(details ? [`Details        ${JSON.stringify(details)}`] : []),
          global
            ? `Global tree    ${global.origin}, ${global.size} heads`
            : 'Global tree    not yet: ask for the proof again in a minute',
          ...cosigned.map(({ by: name }) => `Witnessed by   ${name}`),
        ];
  return { document, human: lines.join('\n'), faults, keys: by.keys, seen: new Map() };
}
