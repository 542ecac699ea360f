import type { Ctx, Item, Mistake, Tx } from '#base';
import type { TextModel } from '#adapters/models';
import { hasModelAccess } from '#safeguards/accounts';
import { agreedTo } from '#safeguards/retention';
import type { Agent } from './agent.ts';

type Change = { readonly before: Agent; readonly after: Agent };

/**
 * What an agent is about to be given that its model cannot do here, as JSON pointers: a model that nobody connected, speech
 * of one that does not speak, recording of calls that could not be live. What was so before is no mistake of this change.
 */
export async function modelMistakes(
  ctx: Pick<Ctx, 'config'>,
  tx: Tx,
  models: readonly Item<TextModel>[],
  { before, after }: Change,
): Promise<readonly Mistake[]> {
  const model = models.find(({ id }) => id === after.model)?.item;
  if (!model) return [{ at: '/model', fix: `must be one of ${models.map(({ id }) => id).join(', ')}` }];
  const isHere = model.processor.hosts.length === 0;
  const canReach = isHere || (await hasModelAccess(ctx, tx, after.organisation, after.model));
  return [
    ...reachMistakes({ before, after }, canReach),
    ...(canReach ? await consentMistakes(tx, { before, after }) : []),
    ...speechMistakes(after, model),
    ...voiceMistakes({ before, after }, model),
  ];
}

function reachMistakes({ before, after }: Change, canReach: boolean): Mistake[] {
  if (canReach) return [];
  const connect = `connect ${after.model} first, by its key, under Connections`;
  return [
    ...(after.model === before.model ? [] : [{ at: '/model', fix: `is not connected: ${connect}` }]),
    ...(after.record && !before.record ? [{ at: '/record', fix: `needs calls that are live: ${connect}` }] : []),
  ];
}

async function consentMistakes(tx: Tx, { before, after }: Change): Promise<Mistake[]> {
  if (!after.record || before.record || (await agreedTo(tx, after.organisation)).has('recordings')) return [];
  return [{ at: '/record', fix: 'needs the agreement that calls may be recorded: give it under Settings first' }];
}

/** Of the scripted receptionist the agent's own form says it. */
function speechMistakes({ speech, model: id }: Agent, model: TextModel): Mistake[] {
  if (speech !== 'live' || id === 'scripted' || model.speech) return [];
  return [{ at: '/speech', fix: `live needs a model that speaks; ${id} does not` }];
}

function voiceMistakes({ before, after }: Change, { speech }: TextModel): Mistake[] {
  const { voice } = after;
  const voices = speech?.voices;
  const isNew = voice !== before.voice || after.model !== before.model;
  // A voice that a business had made for itself at the vendor has a name of another form.
  if (voice === null || !isNew || !voices || voices.includes(voice) || voice.startsWith('voice_')) return [];
  return [{ at: '/voice', fix: `must be one of ${voices.join(', ')}, or null for the usual one` }];
}
