import type {} from './worklet-scope.ts';
import { decodeSample } from './mu-law.ts';
import { openPlayQueue, type PlayQueue } from './play-queue.ts';
import { openResampler } from './resampler.ts';

/** What the page asks of the loudspeaker. */
type Order = { readonly play: Uint8Array } | { readonly mark: string } | { readonly clear: true };

/** 20 ms at 8 kHz are taken from the queue at once. */
const step = 160;

/** The telephone's earpiece: µ-law at 8 kHz comes from the page, marks go back when what came before them was played. */
class Speaker extends AudioWorkletProcessor {
  private readonly resampler = openResampler(8_000, sampleRate);
  private readonly queue: PlayQueue;
  private ready: number[] = [];

  constructor() {
    super();
    const { port } = this;
    this.queue = openPlayQueue({
      reached: (name) => port.postMessage({ reached: name }),
      changed: (isPlaying) => port.postMessage({ isPlaying }),
    });
    port.onmessage = ({ data }: MessageEvent<Order>) => this.obey(data);
  }

  process(_: readonly (readonly Float32Array[])[], [output]: readonly (readonly Float32Array[])[]): boolean {
    const out = output?.[0];
    if (!out) return true;
    while (this.ready.length < out.length)
      this.resampler.push(this.queue.take(step), (sample) => this.ready.push(sample));
    out.set(this.ready.splice(0, out.length));
    return true;
  }

  private obey(order: Order): void {
    if ('play' in order) this.queue.put(Float32Array.from(order.play, decodeSample));
    else if ('mark' in order) this.queue.mark(order.mark);
    else {
      this.queue.clear();
      this.ready = [];
    }
  }
}

registerProcessor('sotto-speaker', Speaker);
