/**
 * Everything that the product leaves below SOTTO_DATA_DIR, by the names at its top; `*` is any part of a name. The data
 * map asks of each whose it is and how long it is kept.
 */
export const dataFiles = [
  'keys',
  'line',
  'objects',
  'postgres',
  'postgres.log',
  'postgres.making-*',
  'postgres.runtime',
  'postgres.start.lock',
  'postgres.use.lock',
] as const;
