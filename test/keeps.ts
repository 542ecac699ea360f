import assert from 'node:assert/strict';
import type { VendorProcessor } from '#base';

/** Holds a vendor file to what it has to say of the data that stays with the company behind it. */
export function assertSaysWhatStays({ name, data, keeps }: VendorProcessor): void {
  assert.equal(data.length > 0, keeps.length > 0, `${name} gets data exactly when something may stay there`);
  assert.equal(new Set(keeps.map(({ what }) => what)).size, keeps.length, `${name} says nothing twice`);
  for (const { what, say, days, from, deletable, source } of keeps) {
    assert.match(what, /^[a-z]+(-[a-z]+)*$/);
    for (const sentence of Object.values(say)) assert.match(sentence, /^[\p{Lu}\p{Lo}].{15,}[^.]$/su, what);
    assert.equal(new Set(Object.values(say)).size, 4, `${what} is not translated`);
    assert.ok(days === null || (Number.isInteger(days) && days >= 0 && days <= 3_650), what);
    assert.ok(!deletable || (days === null && from === 'made'), `${what}: what can be deleted stays until it is`);
    assert.match(source, /^(?:https:\/\/\S+|the operator of )/, `${what}: who says so`);
  }
}
