import { isProblem, problem, type Problem } from '#base';

/** The keystore cannot do its work; `detail` says why and what to do. */
export function unavailable(detail: string, cause?: unknown): Problem {
  return problem('keystore-unavailable', detail, { cause });
}

/** A key that fails its check: the file was changed by something else than Sotto. */
export function damaged(cause?: unknown): Problem {
  return unavailable('A key in the keystore fails its check. Restore keys/keystore.db from its backup.', cause);
}

/** What the configuration gives is not the root key that the keystore is wrapped by. */
export function lostRoot(): Problem {
  return problem(
    'root-key-wrong',
    'This root key does not open keys/keystore.db. Put back the one it was made with, or last rotated to: in keys/root.key, or as SOTTO_ROOT_KEY.',
  );
}

/** Runs `work`; a failure of SQLite or the file system becomes a problem that its reader can act on. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translate(error);
  }
}

// Result codes of SQLite, https://www.sqlite.org/rescode.html: the low byte is the kind, the whole number the exact case.
const details = new Map([
  [5, 'Another process holds the keystore. Try again; if it lasts, stop the other process.'],
  [8, 'The keystore is read-only. Give this user the right to write keys/ and keys/keystore.db.'],
  [10, 'The disk fails under the keystore.'],
  [11, 'The keystore is damaged. Restore keys/keystore.db from its backup.'],
  [14, 'The keystore cannot be opened. Give this user the right to read and write keys/ and keys/keystore.db.'],
  [26, 'keys/keystore.db is no keystore. Restore it from its backup.'],
  // SQLITE_CONSTRAINT_FOREIGNKEY: another process erased the organisation between our look and our write.
  [787, 'The organisation was erased meanwhile. Try again.'],
]);

const noFolder = 'There can be no keys/ there. Let SOTTO_DATA_DIR name a folder, or one that can be made.';

/** The problem behind an error of node:sqlite or node:fs; anything else stays what it is. */
export function translate(error: unknown): unknown {
  if (isProblem(error)) return error;
  const { code, errcode } = error as { code?: string; errcode?: number };
  const kind = (errcode ?? 0) & 0xff;
  if (kind === 13 || code === 'ENOSPC') {
    return problem('disk-full', 'The keystore found no room on the disk. Free some, then try again.', { cause: error });
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(code ?? '')) return unavailable(details.get(14)!, error);
  if (['EEXIST', 'ENOENT', 'ENOTDIR'].includes(code ?? '')) return unavailable(noFolder, error);
  const detail = details.get(errcode ?? 0) ?? details.get(kind);
  return detail === undefined ? error : unavailable(detail, error);
}
