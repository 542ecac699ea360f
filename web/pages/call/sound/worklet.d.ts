/** What an AudioWorklet has around it; the libraries of TypeScript do not say. */
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

declare module '*?worker&url' {
  const url: string;
  export default url;
}
