import microphoneUrl from './microphone-worklet.ts?worker&url';
import speakerUrl from './speaker-worklet.ts?worker&url';

/** Microphone and loudspeaker of a call. */
export type Sound = {
  play(audio: Uint8Array<ArrayBuffer>): void;
  mark(name: string): void;
  clear(): void;
  mute(isMuted: boolean): void;
  close(): void;
};

export type SoundListener = {
  /** 20 ms of µ-law at 8 kHz from the microphone, and how loud they were, 0 to 1. */
  heard(frame: Uint8Array, level: number): void;
  reached(name: string): void;
  /** The secretary's sound begins to be played, or has ended. */
  playing(isPlaying: boolean): void;
  /** The microphone was taken away: unplugged, or its permission withdrawn. */
  lost(): void;
};

/** Why there is no microphone. */
export type NoSound = 'no-microphone' | 'refused' | 'in-use' | 'not-here';

export class SoundRefused extends Error {
  readonly why: NoSound;
  constructor(why: NoSound) {
    super(why);
    this.why = why;
  }
}

/** Asks for the microphone and opens both. Throws `SoundRefused`. To be called while somebody presses a button. */
export async function openSound(listener: SoundListener): Promise<Sound> {
  const media = await microphone();
  const context = new AudioContext({ latencyHint: 'interactive' });
  try {
    await context.resume();
    await Promise.all([context.audioWorklet.addModule(microphoneUrl), context.audioWorklet.addModule(speakerUrl)]);
  } catch (error) {
    stop(media);
    await context.close();
    throw error;
  }
  const speaker = new AudioWorkletNode(context, 'sotto-speaker', { numberOfInputs: 0, outputChannelCount: [1] });
  speaker.connect(context.destination);
  speaker.port.onmessage = ({ data }: MessageEvent<{ reached?: string; isPlaying?: boolean }>) => {
    if (data.reached !== undefined) listener.reached(data.reached);
    if (data.isPlaying !== undefined) listener.playing(data.isPlaying);
  };
  const ear = new AudioWorkletNode(context, 'sotto-microphone', { numberOfOutputs: 0, channelCount: 1 });
  ear.port.onmessage = ({ data }: MessageEvent<{ frame: Uint8Array; level: number }>) =>
    listener.heard(data.frame, data.level);
  context.createMediaStreamSource(media).connect(ear);
  for (const track of media.getTracks()) track.onended = () => listener.lost();
  return {
    play: (audio) => speaker.port.postMessage({ play: audio }, [audio.buffer]),
    mark: (name) => speaker.port.postMessage({ mark: name }),
    clear: () => speaker.port.postMessage({ clear: true }),
    mute: (muted) => ear.port.postMessage({ muted }),
    close() {
      stop(media);
      void context.close();
    },
  };
}

/** With echo cancelling, so that the secretary does not hear itself and fall silent. */
async function microphone(): Promise<MediaStream> {
  // Undefined where a page is not served over TLS or from this machine.
  if (!navigator.mediaDevices?.getUserMedia) throw new SoundRefused('not-here');
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    });
  } catch (error) {
    throw new SoundRefused(reasonOf(error));
  }
}

function reasonOf(error: unknown): NoSound {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no-microphone';
  return name === 'NotReadableError' || name === 'AbortError' ? 'in-use' : 'refused';
}

function stop(media: MediaStream): void {
  for (const track of media.getTracks()) track.stop();
}
