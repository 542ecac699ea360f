import type { Form, Step } from './byte-search-forms.ts';

/** Looks at each byte once, however many forms are searched for. Bytes come in pieces, in their order. */
export type Automaton = {
  /** Goes over the next bytes; returns the numbers of the forms that were found, each once. */
  feed(bytes: Uint8Array): readonly number[];
  /** What comes next does not follow what came. */
  restart(): void;
};

/** The longest match of any form, in bytes: pieces of one text that overlap by as much lose nothing. */
export function longestMatch(forms: readonly Form[]): number {
  return Math.max(...forms.map(({ steps }) => steps.length));
}

/** Where in a form one stands: in front of which of its steps. */
type Place = { readonly form: number; readonly at: number };

type Table = {
  /** The next state, by state and byte. */
  readonly next: Uint32Array;
  /** States from here on have found something. */
  readonly firstFound: number;
  readonly found: readonly (readonly number[])[];
};

/**
 * Makes one deterministic automaton of all forms (subset construction, as in any textbook on compilers). Each state is a
 * set of places, so optional bytes cost nothing when it runs.
 */
export function automatonOf(forms: readonly Form[]): Automaton {
  const { next, firstFound, found } = tableOf(forms);
  let state = 0;
  return {
    feed(bytes) {
      const seen = new Set<number>();
      let here = state;
      for (let at = 0; at < bytes.length; at += 1) {
        here = next[(here << 8) | bytes[at]!]!;
        if (here >= firstFound) for (const form of found[here - firstFound]!) seen.add(form);
      }
      state = here;
      return [...seen];
    },
    restart() {
      state = 0;
    },
  };
}

/** A search may begin at every byte, so the beginnings of all forms belong to every state. */
function tableOf(forms: readonly Form[]): Table {
  const start = closed(
    forms,
    forms.map((_, form) => ({ form, at: 0 })),
  );
  const states: (readonly Place[])[] = [start];
  const known = new Map([[nameOf(start), 0]]);
  const rows: number[][] = [];
  for (let at = 0; at < states.length; at += 1) {
    rows.push(
      rowOf(forms, [...start, ...states[at]!], (places) => {
        const name = nameOf(places);
        const there = known.get(name) ?? states.push(places) - 1;
        known.set(name, there);
        return there;
      }),
    );
  }
  return inOrder(forms, states, rows);
}

/** Where each byte leads from these places; bytes that lead nowhere lead to the start. */
function rowOf(
  forms: readonly Form[],
  places: readonly Place[],
  stateOf: (places: readonly Place[]) => number,
): number[] {
  const reached = new Map<number, Place[]>();
  for (const { form, at } of places) {
    for (const byte of stepOf(forms, { form, at })?.anyOf ?? []) {
      const there = reached.get(byte) ?? [];
      there.push({ form, at: at + 1 });
      reached.set(byte, there);
    }
  }
  const row = Array.from({ length: 256 }, () => 0);
  for (const [byte, there] of reached) row[byte] = stateOf(closed(forms, there));
  return row;
}

/** With every place that is reached by leaving out what may be missing. */
function closed(forms: readonly Form[], places: readonly Place[]): readonly Place[] {
  const all = new Map<string, Place>();
  const left = [...places];
  for (let one = left.pop(); one; one = left.pop()) {
    if (all.has(keyOf(one))) continue;
    all.set(keyOf(one), one);
    if (stepOf(forms, one)?.isOptional) left.push({ form: one.form, at: one.at + 1 });
  }
  return [...all.values()].toSorted((a, b) => a.form - b.form || a.at - b.at);
}

function stepOf(forms: readonly Form[], { form, at }: Place): Step | undefined {
  return forms[form]?.steps[at];
}

function keyOf({ form, at }: Place): string {
  return `${form}.${at}`;
}

function nameOf(places: readonly Place[]): string {
  return places.map(keyOf).join(' ');
}

/** Those that have found something come last, so that one comparison tells them. */
function inOrder(forms: readonly Form[], states: readonly (readonly Place[])[], rows: readonly number[][]): Table {
  const foundIn = states.map((places) =>
    places.filter(({ form, at }) => at === forms[form]!.steps.length).map(({ form }) => form),
  );
  const order = [...states.keys()].toSorted((a, b) => Number(foundIn[a]!.length > 0) - Number(foundIn[b]!.length > 0));
  const place = new Map(order.map((state, at) => [state, at]));
  const next = new Uint32Array(states.length * 256);
  for (const [at, state] of order.entries())
    next.set(
      rows[state]!.map((to) => place.get(to)!),
      at * 256,
    );
  const found = order.map((state) => foundIn[state]!);
  const firstFound = found.findIndex((some) => some.length > 0);
  return { next, firstFound, found: found.slice(firstFound) };
}
