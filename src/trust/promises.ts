/**
 * The ids of the promise catalogue, `spec/claims.yaml`. A claim names the promises it fulfils: an id that does not
 * exist does not compile, and a test keeps this list equal to the catalogue.
 */
// oxfmt-ignore
export const promiseIds = [
  'TEL-01', 'TEL-02', 'TEL-03', 'TEL-04', 'TEL-05', 'TEL-06', 'TEL-07', 'TEL-08', 'TEL-09', 'TEL-10', 'TEL-11', 'TEL-12', 'TEL-13',
  'MSG-01', 'MSG-02', 'MSG-03', 'MSG-04', 'MSG-05',
  'OUT-01', 'OUT-02', 'OUT-03',
  'INT-01', 'INT-02', 'INT-03', 'INT-04', 'INT-05', 'INT-06', 'INT-07', 'INT-08',
  'ACC-01', 'ACC-02', 'ACC-03', 'ACC-04', 'ACC-05', 'ACC-06', 'ACC-07', 'ACC-08', 'ACC-09', 'ACC-10', 'ACC-11', 'ACC-12', 'ACC-13',
  'CRY-01', 'CRY-02', 'CRY-03', 'CRY-04', 'CRY-05', 'CRY-06', 'CRY-07', 'CRY-08',
  'RET-01', 'RET-02', 'RET-03', 'RET-04', 'RET-05', 'RET-06', 'RET-07', 'RET-08', 'RET-09', 'RET-10', 'RET-11', 'RET-12', 'RET-13', 'RET-14', 'RET-15', 'RET-16',
  'AUD-01', 'AUD-02', 'AUD-03', 'AUD-04', 'AUD-05', 'AUD-06', 'AUD-07', 'AUD-08',
  'NET-01', 'NET-02', 'NET-03', 'NET-04', 'NET-05', 'NET-06',
  'TRU-01', 'TRU-02', 'TRU-03', 'TRU-04', 'TRU-05', 'TRU-06', 'TRU-07', 'TRU-08', 'TRU-09',
  'BIL-01', 'BIL-02', 'BIL-03',
  'RES-01', 'RES-02', 'RES-03',
  'OURS-01', 'OURS-02', 'OURS-03', 'OURS-04', 'OURS-05', 'OURS-06', 'OURS-07', 'OURS-08', 'OURS-09', 'OURS-10', 'OURS-11', 'OURS-12', 'OURS-13', 'OURS-14', 'OURS-15', 'OURS-16', 'OURS-17', 'OURS-18', 'OURS-19', 'OURS-20',
] as const;

export type PromiseId = (typeof promiseIds)[number];
