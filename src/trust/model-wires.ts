import { problem } from '#base';
import type { Sent, Vendor } from './model-wire.ts';
import { keptByOpenai, openaiVendor } from './openai-wire.ts';

/** How the probes talk to a model file in its vendor's place, and what they read in what it sends. */
export type Wire = {
  readonly vendor: Vendor;
  /** What lets itself be kept, in fixed words. */
  readonly kept: (sent: Sent) => readonly string[];
};

const wires: Readonly<Record<string, Wire>> = { openai: { vendor: openaiVendor, kept: keptByOpenai } };

/** The wire of a model, by its id. Throws `vendor-unknown` for one that nobody has taught the probes. */
export function wireOf(id: string): Wire {
  const wire = wires[id];
  if (wire) return wire;
  throw problem('vendor-unknown', `The probe does not know the wire of ${id}; teach src/trust/model-wires.ts.`);
}
