import type { Id } from '#base';

/** What is to be told: bounded, however much it is and however long it waits. */
export type Untold = {
  add(organisation: Id, objects: readonly string[]): void;
  /** Nobody knows any more what it was: all are to look at everything again. */
  addAll(): void;
  isEmpty(): boolean;
  /** All of it, as payloads of `NOTIFY`; then there is nothing left. */
  take(): string[];
};

/** More things of one organisation are told as "everything"; more organisations, as everything of all. */
const mostObjects = 300;
const mostOrganisations = 1_000;

/** A payload must stay below 8000 bytes (PostgreSQL 18, NOTIFY). */
const mostBytes = 7_900;

/** Kind and name: an id or a word. Whatever else it might be goes nowhere. */
const objectShape = /^[a-z][a-z-]{0,39}:[\w.-]{1,64}$/;

/** `naming` gives each payload a name that no other has. */
export function openUntold(naming: () => string): Untold {
  const byOrganisation = new Map<Id, Set<string>>();
  let isAll = false;
  const addAll = () => {
    isAll = true;
    byOrganisation.clear();
  };
  return {
    add(organisation, objects) {
      if (isAll) return;
      const before = byOrganisation.get(organisation);
      const told = before ?? new Set();
      for (const object of objects) if (objectShape.test(object) && told.size <= mostObjects) told.add(object);
      if (told.size > 0) byOrganisation.set(organisation, told);
      if (byOrganisation.size > mostOrganisations) addAll();
    },
    addAll,
    isEmpty: () => !isAll && byOrganisation.size === 0,
    take() {
      const payloads = isAll
        ? [`${naming()} * *`]
        : [...byOrganisation].flatMap(([organisation, told]) =>
            (told.size > mostObjects ? ['*'] : chunks(told)).map((part) => `${naming()} ${organisation} ${part}`),
          );
      isAll = false;
      byOrganisation.clear();
      return payloads;
    },
  };
}

/** Words with spaces between, as few texts as they fit in. They are ASCII: a character is a byte. */
function chunks(words: Iterable<string>): string[] {
  const parts: string[] = [];
  for (const word of words) {
    const last = parts.at(-1);
    if (last === undefined || last.length + word.length >= mostBytes - 60) parts.push(word);
    else parts[parts.length - 1] = `${last} ${word}`;
  }
  return parts;
}
