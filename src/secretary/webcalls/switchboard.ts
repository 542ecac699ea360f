import type { Id, Item } from '#base';
import type { Carrier, PersonCall } from '#adapters/carriers';

/** The calls that people make from their browsers, in this process. */
export type Switchboard = {
  /** Who calls: at most one call each. */
  readonly byPerson: Map<Id, Line>;
  readonly byName: Map<string, Pick<PersonCall, 'cutOff'>>;
};

/** One person's call, from the moment they want it until it is over. */
export type Line = { hangUp(): void; readonly over: Promise<void> };

export function openSwitchboard(): Switchboard {
  return { byPerson: new Map(), byName: new Map() };
}

/** The carriers, of which the emulated one hangs up the calls of the switchboard by itself: they are in this process. */
export function withSwitchboard(carriers: readonly Item<Carrier>[], { byName }: Switchboard): readonly Item<Carrier>[] {
  return carriers.map(({ id, item }) => {
    if (id !== 'emulator') return { id, item };
    const hangUp: Carrier['hangUp'] = async (ctx, account, callId) => {
      const own = byName.get(callId);
      if (own) own.cutOff();
      else await item.hangUp(ctx, account, callId);
    };
    return { id, item: { ...item, hangUp } };
  });
}
