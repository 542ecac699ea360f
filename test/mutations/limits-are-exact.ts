import { sql } from '#base';
import { asAdmin } from '../visiting.ts';
import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'a limit counts each request half',
    found: /105 of 105 requests were let through/,
    kind: 'deed',
    deed: (ground) =>
      asAdmin(
        ground,
        sql`update pg_proc set prosrc = replace(prosrc, 'known.counts[61] + 1', 'known.counts[61] + (random() < 0.5)::integer') where oid = 'sec.admit'::regproc`,
      ),
  }),
  mutation({
    breaks: 'a limit of the API is ten times as high',
    found: /requests were let through, not 100/,
    kind: 'source',
    edits: [
      {
        file: 'src/edge/rates.ts',
        from: "per: 'asker', count: 100, seconds: 60",
        to: "per: 'asker', count: 1_000, seconds: 60",
      },
    ],
  }),
];
