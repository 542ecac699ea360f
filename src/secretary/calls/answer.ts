import type { Id, Tx } from '#base';
import type { Answer, Step } from '#adapters/carriers';
import { lineNumber } from '#safeguards/accounts';
import { loadAgent } from '#secretary/agent';
import type { CallCtx } from './call-ctx.ts';
import { limits } from './limits.ts';
import type { LockedCall } from './store.ts';
import { streamToken } from './stream-token.ts';

/** Where an answer points the carrier: who may be put through, and under which number. */
export type Transfer = { readonly to: string; readonly callerId: string };

const closing: Answer = [{ do: 'hang-up' }];

/**
 * The reply to a webhook, as a function of where the call stands. Because nothing else goes into it, a repeated
 * webhook gets the very same reply, token included.
 */
export function answerOf(
  ctx: CallCtx,
  call: LockedCall,
  place: { accountId: Id; transfer: Transfer | undefined },
): Answer {
  const { conversation, carrier } = call;
  const { language } = conversation;
  const words = conversation.unheard.map(({ text, isKeys }): Step =>
    isKeys ? { do: 'press', digits: text } : { do: 'say', text, language },
  );
  const base = `${ctx.publicUrl()}/carriers/${carrier}`;
  switch (conversation.phase) {
    case 'opening':
      return [...words, socketStep(ctx, call, place.accountId)];
    case 'thinking':
    case 'running':
      return conversation.held > 0
        ? [...words, { do: 'ask-next', thenUrl: `${base}/next?turn=${conversation.held}` }]
        : [...words, ...closing];
    case 'listening':
      return [
        ...words,
        {
          do: 'gather',
          thenUrl: `${base}/heard?turn=${conversation.turn}`,
          language,
          expect: conversation.expect,
          waitS: limits.byPhase.listening / 1_000,
        },
      ];
    case 'transferring':
      return place.transfer
        ? [
            ...words,
            {
              do: 'transfer',
              ...place.transfer,
              thenUrl: `${base}/transfer-ended?turn=${conversation.turn}`,
              waitS: 25,
            },
          ]
        : closing;
    default:
      return [...words, ...closing];
  }
}

/** The socket that is offered: audio for a speech model, text for any other. */
function socketStep(ctx: CallCtx, { ref, carrier, conversation }: LockedCall, accountId: Id): Step {
  const { channel, connected, language } = conversation;
  const base = `${ctx.publicUrl()}/carriers/${carrier}`;
  const door = channel === 'live' ? 'stream' : 'relay';
  const offer = {
    socketUrl: `${base.replace(/^http/, 'ws')}/${door}/${ref.organisation}/${accountId}`,
    token: streamToken(ctx, ref, connected),
    thenUrl: `${base}/relay-ended?turn=${connected}`,
  };
  return channel === 'live' ? { do: 'stream', ...offer } : { do: 'relay', ...offer, language };
}

/** Whom the agent puts callers through to, and the number that shows: the business's own. */
export async function transferOf(tx: Tx, call: LockedCall): Promise<Transfer | undefined> {
  const { organisation } = call.ref;
  const { transferTo } = await loadAgent(tx, organisation, call.agentId);
  return transferTo ? { to: transferTo, callerId: await lineNumber(tx, organisation, call.lineId) } : undefined;
}
