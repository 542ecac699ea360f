import type { Stretch, Telemetry } from '#base';
import type { Turn } from './turns.ts';

/** Tells the operator's collector of a turn: the headline as a figure of its agent, the parts as a trace of the call. */
export function tellTurn(telemetry: Telemetry, { organisation, callId, agentId, at, times }: Turn): void {
  const attributes = { organisation, agent: agentId };
  telemetry.observe('sotto.turn.heard_ms', times.heardMs, attributes);
  const spoken = at - times.heardMs;
  const until = [times.endpointMs, times.modelMs, times.sentMs, times.heardMs].map((ms) => spoken + ms);
  const parts = names.map((name, index): Stretch => {
    return { name, startMs: until[index - 1] ?? spoken, endMs: until[index] ?? at };
  });
  telemetry.trace(callId, { name: 'turn', startMs: spoken, endMs: at, attributes, parts });
}

const names = ['turn.endpoint', 'turn.model', 'turn.send', 'turn.heard'] as const;
