import {
  problem,
  type Ctx,
  type Http,
  type HttpRequest,
  type Item,
  type Opening,
  type PeerListener,
  type Processor,
} from '#base';
import type { TextModel } from '#adapters/models';
import type { ObjectStore } from '#adapters/objects';
import { liveCall } from './call/live-call.ts';
import { openTicker } from './call/ticker.ts';
import type { Happening } from './desk.ts';
import type { Carry, LiveStream } from './host/live-call.ts';
import { openRecorder } from './recording/recorder.ts';
import type { Spares } from './recording/tape.ts';

/** What carrying calls needs: the senses of a line, the models that can speak, and where recordings go. */
export type CarryReach = Pick<Ctx, 'config' | 'clock' | 'random' | 'http' | 'log'> & {
  readonly models: readonly Item<TextModel>[];
  readonly objects: ObjectStore;
};

/** Carries each stream as its plan says: by the planned model, and recorded only when the plan has a recording. */
export function carryWith(reach: CarryReach): Carry {
  const ticker = openTicker(reach.clock);
  const spares: Spares = [];
  return (stream) => {
    const { model: planned, recording } = stream.plan;
    const model = reach.models.find(({ id }) => id === planned.vendor)?.item.speech;
    if (!model) throw problem('vendor-unknown', 'The planned model does not speak.');
    const own = planned.by === 'organisation' ? reach : { ...reach, http: asInstallation(reach.http) };
    const options = { ...stream, reach: own, model, ticker };
    if (!recording) return liveCall(options);
    const recorder = openRecorder({ ...reach, spares }, recording);
    return liveCall({ ...options, tap: recorder, tell: tellRecorded(reach, stream, recorder.finish) });
  };
}

/** The way out for what goes by a key of the installation. */
function asInstallation(http: Http): Http {
  const marked = (to: Processor): Processor => ({ ...to, behalf: 'installation' });
  return Object.assign((to: Processor, request: HttpRequest) => http(marked(to), request), {
    connect: (to: Processor, opening: Opening, listener: PeerListener) => http.connect(marked(to), opening, listener),
  });
}

/** What became of the recording is told before the stream is said to be closed; after that nothing is told. */
function tellRecorded(
  { clock }: Pick<CarryReach, 'clock'>,
  { tell }: LiveStream,
  finish: ReturnType<typeof openRecorder>['finish'],
): (happening: Happening) => void {
  const beganAt = clock.now();
  return (happening) => {
    if (happening.type !== 'closed') return tell(happening);
    void finish(clock.now() - beganAt).then((recorded) => {
      if (recorded) tell({ type: 'recorded', ...recorded });
      tell(happening);
    });
  };
}
