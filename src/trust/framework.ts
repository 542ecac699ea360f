import { join } from 'node:path';
import { loadCatalogue, loadOnce, type Item } from '#base';
import type { DocumentKind } from './attestations/kinds.ts';
import { boasts } from './boasts.ts';
import type { Sentence } from './claim.ts';
import type { DutyId } from './duties.ts';
import { measures, type Measure } from './measures.ts';
import type { PromiseId } from './promises.ts';
import type { ReasonId } from './reasons.ts';

/**
 * A law or a standard, and what this program has to say to each of its requirements. One framework is one file in
 * `frameworks/`; its name is the framework's id. Its status is never written down: it is computed from the claims that
 * its lines point at and from reports in date (framework-state.ts).
 */
export type Framework = {
  readonly name: Text;
  readonly edition: Text;
  readonly kind: FrameworkKind;
  /** Who has to keep it: those who run this program, the businesses whose calls it takes, or both. */
  readonly binds: readonly [Bound, ...Bound[]];
  /** Whom it binds and when, in our words. */
  readonly applies: Text;
  readonly source: Source;
  /** The kind of document that makes it `audited` while it is in date; without one nobody outside can speak of it here. */
  readonly report?: DocumentKind;
  /** First day on which the law binds anybody, where that day is known and may lie ahead. A control can have its own. */
  readonly from?: IsoDate;
  readonly controls: readonly Control[];
};

/**
 * How anybody can have it: a `law` binds by itself, a `self-assessment` is signed by whoever is bound, and of a
 * `report` only somebody outside can speak.
 */
export type FrameworkKind = 'law' | 'self-assessment' | 'report';

export type Bound = 'operator' | 'business';

/** `2027-05-13`. */
export type IsoDate = `${number}-${number}-${number}`;

/** Words in every language of the page. */
export type Text = Required<Sentence>;

/** Where ids and meanings come from, and how sure that is. */
export type Source = { readonly say: Text; readonly confidence: Confidence };

/** `primary`: the text itself was read. `secondary`: somebody's account of it. `memory`: neither, so it is unverified. */
export const confidences = ['primary', 'secondary', 'memory'] as const;
export type Confidence = (typeof confidences)[number];

/** One requirement. `say` are a few words of our own; never the text of the standard. */
export type Control = {
  readonly id: string;
  readonly say: Text;
  readonly answer: Answer;
  /** Where it is another than that of the whole list. */
  readonly confidence?: Confidence;
  readonly from?: IsoDate;
};

export type Answer =
  /** Documented: what these claims say answers it, as far as they hold right now. `duty` is what that leaves to people. */
  | { readonly kind: 'claims'; readonly claims: readonly [string, ...string[]]; readonly duty?: DutyId }
  /** No program can do it. */
  | { readonly kind: 'operator'; readonly duty: DutyId }
  | { readonly kind: 'not-applicable'; readonly reason: ReasonId }
  /**
   * The program should answer it and does not: `promise` is what would, and its claims do once there are any; `duty` is
   * what people can do.
   */
  | { readonly kind: 'open'; readonly promise?: PromiseId; readonly duty?: DutyId };

type ControlMore = Pick<Control, 'confidence' | 'from'>;

/** A line of a catalogue, as short as a line should be. */
export function control(id: string, answer: Answer, say: Text, more: ControlMore = {}): Control {
  return { id, say, answer, ...more };
}

/** Answered by what the program is seen to do; `duty` is what remains for people. */
export function shown(by: readonly [Measure, ...Measure[]], duty?: DutyId): Answer {
  const [first, ...rest] = [...new Set(by.flatMap((measure): readonly string[] => measures[measure]))];
  if (first === undefined) throw new TypeError('a measure names at least one claim');
  return { kind: 'claims', claims: [first, ...rest], ...(duty && { duty }) };
}

/** Left to whoever runs the program or uses it. */
export function yours(duty: DutyId): Answer {
  return { kind: 'operator', duty };
}

/** Does not apply, for a reason that is printed. */
export function outOfScope(reason: ReasonId): Answer {
  return { kind: 'not-applicable', reason };
}

/** Not answered yet; by the claims of that promise once it is kept. */
export function open(promise?: PromiseId, duty?: DutyId): Answer {
  return { kind: 'open', ...(promise && { promise }), ...(duty && { duty }) };
}

/** Every framework, sorted by id: one file in `frameworks/` each. Throws when one of their texts boasts. */
export function loadFrameworks(): Promise<readonly Item<Framework>[]> {
  return catalogue();
}

const catalogue = loadOnce(async () => {
  const frameworks = await loadCatalogue<Framework>(join(import.meta.dirname, 'frameworks'));
  const boasting = frameworks.filter(({ item }) => wordsIn(item).some((words) => boasts(words).length > 0));
  if (boasting.length === 0) return frameworks;
  throw new TypeError(`frameworks say more than they show: ${boasting.map(({ id }) => id).join(', ')}`);
});

/** Every text of a framework that is printed. */
function wordsIn({ name, edition, applies, source, controls }: Framework): readonly string[] {
  const texts = [name, edition, applies, source.say, ...controls.map(({ say }) => say)];
  return texts.flatMap((text) => Object.values(text));
}
