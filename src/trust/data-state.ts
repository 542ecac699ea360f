import { iso, type Ctx, type Item, type VendorProcessor } from '#base';
import { instanceId } from '#safeguards/accounts';
import {
  columnsOf,
  dataMap,
  elsewhere,
  howLong,
  presets,
  rules,
  settable,
  type DataType,
  type Preset,
  type Said,
} from '#safeguards/retention';
import { processorsOutside } from './outside.ts';

/** Everything that is kept, computed from the running database, the rules and the vendor files at `at`. */
export type DataState = {
  /** ISO 8601. */
  readonly at: string;
  readonly types: readonly (DataType & { readonly howLong: Said })[];
  /** What a business can set, by the ids of types. */
  readonly settable: typeof settable;
  readonly presets: readonly Item<Preset>[];
  readonly processors: readonly VendorProcessor[];
};

/** Reads it anew: a column that was added a moment ago is in it. */
export async function dataState({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Promise<DataState> {
  const [all, usual, processors] = await Promise.all([rules(), presets(), processorsOutside()]);
  const columns = await db.tenant(instanceId, (tx) => columnsOf(tx));
  const map = dataMap({ rules: all, columns, elsewhere: elsewhere(all), processors });
  const types = map.types.map((type) => ({ ...type, howLong: howLong(ruleOf(all, type.id), all) }));
  // What nobody has chosen comes first.
  const ordered = usual.toSorted((a, b) => Number(b.id === 'standard') - Number(a.id === 'standard'));
  return { at: iso(clock.now()), types, settable, presets: ordered, processors: map.processors };
}

function ruleOf<T>(all: readonly Item<T>[], id: string): Item<T> {
  const found = all.find((one) => one.id === id);
  if (!found) throw new TypeError('a type of data is made from its rule');
  return found;
}
