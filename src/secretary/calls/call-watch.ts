import type { Id } from '#base';
import type { Channel, Phase } from './conversation.ts';
import type { LockedCall } from './store.ts';

/** How a call stands, for who looks on. */
export type CallGlance = {
  readonly id: Id;
  readonly channel: Channel;
  readonly phase: Phase;
  readonly language: string;
  /** The tool that is running. */
  readonly tool: string | undefined;
};

/** Tells whoever looks on at a call of every step of it that this process takes: at once, and before anyone asks a row. */
export type CallWatch = {
  step(call: LockedCall): void;
  /** Looks on until the returned function is called. */
  on(call: Id, look: (glance: CallGlance) => void): () => void;
};

export function openCallWatch(): CallWatch {
  const onlookers = new Map<Id, Set<(glance: CallGlance) => void>>();
  return {
    step(call) {
      const glance = glanceAt(call);
      for (const look of onlookers.get(call.ref.id) ?? []) look(glance);
    },
    on(call, look) {
      const looking = onlookers.get(call) ?? new Set();
      onlookers.set(call, looking.add(look));
      return () => {
        looking.delete(look);
        if (looking.size === 0 && onlookers.get(call) === looking) onlookers.delete(call);
      };
    },
  };
}

/** How a call stands. */
export function glanceAt({ ref, conversation }: LockedCall): CallGlance {
  const { channel, phase, language, running } = conversation;
  return { id: ref.id, channel, phase, language, tool: running?.use.tool };
}
