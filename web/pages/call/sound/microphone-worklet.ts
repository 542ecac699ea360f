import type {} from './worklet-scope.ts';
import { encodeSample, silence } from './mu-law.ts';
import { openResampler } from './resampler.ts';

/** 20 ms at 8 kHz. */
const frameBytes = 160;

/**
 * The microphone as a telephone hears it: frames of 20 ms µ-law at 8 kHz, whatever the rate of the device. Each goes to the
 * page with how loud it was (root mean square, 0 to 1). While muted the frames are silence, because time goes on.
 */
class Microphone extends AudioWorkletProcessor {
  private readonly resampler = openResampler(sampleRate, 8_000);
  private frame = new Uint8Array(frameBytes);
  private filled = 0;
  private power = 0;
  private isMuted = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<{ readonly muted: boolean }>) => {
      this.isMuted = data.muted;
    };
  }

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const samples = input?.[0];
    if (samples) this.resampler.push(samples, (sample) => this.take(sample));
    return true;
  }

  private take(sample: number): void {
    this.frame[this.filled] = this.isMuted ? silence : encodeSample(sample);
    this.power += this.isMuted ? 0 : sample * sample;
    this.filled += 1;
    if (this.filled < frameBytes) return;
    const { frame } = this;
    this.port.postMessage({ frame, level: Math.sqrt(this.power / frameBytes) }, [frame.buffer]);
    this.frame = new Uint8Array(frameBytes);
    this.filled = 0;
    this.power = 0;
  }
}

registerProcessor('sotto-microphone', Microphone);
