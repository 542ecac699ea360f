import { apiKeyPattern, writeApiKey } from './api-key.ts';

/** What scanners for secrets need to find a key of ours and be certain of it. Served, and in docs/reference. */
export const apiKeyScan = {
  prefix: 'sotto_live_',
  regex: apiKeyPattern.source.slice(1, -1),
  checksum:
    'The last six characters are the CRC-32 (as in zlib) of everything before the last underscore, as a big-endian number in base 62 (digits 0-9A-Za-z), padded with 0 on the left.',
  /** Of zero bytes; it opens nothing. */
  example: writeApiKey({ bytes: (count) => Buffer.alloc(count) }).key,
} as const;
