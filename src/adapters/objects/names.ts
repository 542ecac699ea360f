import { largestPage, type ListPage, type ObjectStore } from './object-store.ts';

/**
 * Every folder that anything is put into. The data map asks of each whose it is and how long it is kept, so nothing is
 * put elsewhere.
 */
export const objectFolders = ['recordings'] as const;

const partShape = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const prefixShape = /^[a-z0-9][a-z0-9._/-]{0,399}$/;
const longestName = 400;

/**
 * Throws TypeError for anything that is no object name: parts of small letters, digits, dots, dashes and underscores
 * with slashes between. So narrow that every store and file system takes it as it is and none can be led out of its
 * folder. Names are made by programs, never by people; no name may be another one's folder.
 */
export function checkName(name: string): void {
  const isGood = name.length <= longestName && name.split('/').every((part) => partShape.test(part));
  if (!isGood) throw new TypeError('an object name has parts of a-z, 0-9, dots and dashes, with slashes between');
}

/** The store with every name and page checked before the vendor sees it. */
export function checkedStore(store: ObjectStore): ObjectStore {
  return {
    async put(name, bytes) {
      checkName(name);
      return store.put(name, bytes);
    },
    async get(name) {
      checkName(name);
      return store.get(name);
    },
    async delete(name) {
      checkName(name);
      return store.delete(name);
    },
    async head(name) {
      checkName(name);
      return store.head(name);
    },
    async list(prefix, page = {}) {
      checkPage(prefix, page);
      return store.list(prefix, page);
    },
  };
}

/** The store into whose folders alone something is put; TypeError for any other. */
export function inFolders(store: ObjectStore): ObjectStore {
  return {
    ...store,
    async put(name, bytes) {
      const isKnown = objectFolders.some((folder) => name.startsWith(`${folder}/`));
      if (!isKnown)
        throw new TypeError('objects are put into the folders of objectFolders, of which each has its rule');
      return store.put(name, bytes);
    },
  };
}

function checkPage(prefix: string, { after, limit = largestPage }: ListPage): void {
  const isPrefix = (text: string) => text === '' || (prefixShape.test(text) && !/\/\/|\/\./.test(text));
  if (!isPrefix(prefix) || !isPrefix(after ?? '')) throw new TypeError('a listing goes by the beginning of a name');
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage) {
    throw new TypeError(`a page of names has 1 to ${largestPage}`);
  }
}
