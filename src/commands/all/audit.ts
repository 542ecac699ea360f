import { prove, take } from '../audit/take.ts';
import { verify } from '../audit/verify.ts';
import { witness } from '../audit/witness.ts';
import type { Command } from '../command.ts';

const what = { export: take, verify, prove, witness } as const;

export default {
  say: 'The audit log as a transparency log. `export FILE` writes it to a file; `verify FILE`, a proof or an address checks it with public keys alone, needs no installation, and exits 1 saying what is wrong and where; `prove ENTRY` writes the proof of one entry; `witness FILE` remembers heads of logs and signs those that continue them.',
  words: [
    { name: 'what', say: 'what to do', oneOf: ['export', 'verify', 'prove', 'witness'] },
    { name: 'file', say: 'the file, the address or the id', isOptional: true },
  ],
  options: {
    organisation: { type: 'string', say: 'export, prove: whose log, by id (default: that of the installation itself)' },
    openings: { type: 'boolean', say: 'export, prove: with the details of the entries, where they were not erased' },
    since: { type: 'string', say: 'export: with a proof that the global tree only grew since it had this size' },
    replace: { type: 'boolean', say: 'export, prove: also when the file is there already' },
    out: { type: 'string', say: 'prove: the file to write (default: ENTRY.tlog-proof)' },
    key: {
      type: 'string',
      say: 'verify: the public keys of the installation, with commas between, or a file with one on each line',
    },
    witness: { type: 'string', say: 'verify: public keys of witnesses that must have signed' },
    state: {
      type: 'string',
      say: 'verify: the file in which the newest heads are remembered, so that nothing is taken back',
    },
    logs: { type: 'string', say: 'witness: a file with the public keys of the logs, one on each line' },
    name: { type: 'string', say: 'witness: its name, such as witness.example.com/w1' },
    listen: { type: 'string', say: 'witness: where it listens (default: 127.0.0.1:8081)' },
  },
  run: (io) => what[io.words['what'] as keyof typeof what](io),
} satisfies Command;
