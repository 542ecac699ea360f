/** What an AudioWorklet has around it; the libraries of TypeScript do not say. */
declare global {
  const sampleRate: number;
  class AudioWorkletProcessor {
    readonly port: MessagePort;
  }
  function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
}

export {};
