import type { Event } from './conversation.ts';
import { openOwnVoice, type OwnVoice } from './own-voice.ts';
import type { Begin, Told, ToProduct } from './protocol.ts';
import { openCallSocket, type CallSocket } from './socket.ts';
import { SoundRefused } from './sound/open-sound.ts';
import { openTalk, type Talk, type TalkListener } from './talk.ts';

/** How somebody wants to call. */
export type Wish = Omit<Begin, 'do'>;

/** What can be done in a call. One of these serves one call after the other. */
export type Control = {
  begin(wish: Wish): Promise<void>;
  send(message: ToProduct): void;
  /** Presses a key where the secretary hears it. */
  press(digit: string, isLive: boolean): void;
  speakAloud(on: boolean): void;
  hush(): void;
  mute(isMuted: boolean): void;
  /** How loud the caller is just now, 0 to 1. */
  level(): number;
  /** Ends what has not begun: whoever waits for the microphone or for an answer need not. */
  giveUp(): void;
  close(): void;
};

type Ends = {
  readonly tell: (event: Event) => void;
  readonly voice: OwnVoice;
  socket: CallSocket | undefined;
  talk: Talk | undefined;
  isAloud: boolean;
  level: number;
  /** Counts calls, so that what is left of an earlier one is not taken for this one. */
  calls: number;
};

export function openControl(tell: (event: Event) => void): Control {
  const voice = openOwnVoice((n, words) => ends.socket?.send({ do: 'spoken', n, words }));
  const ends: Ends = { tell, voice, socket: undefined, talk: undefined, isAloud: false, level: 0, calls: 0 };
  return {
    begin: (wish) => begin(ends, wish),
    send: (message) => ends.socket?.send(message),
    press(digit, isLive) {
      if (isLive) ends.talk?.press(digit);
      else ends.socket?.send({ do: 'press', digits: digit });
    },
    speakAloud(on) {
      ends.isAloud = on;
      ends.socket?.send({ do: 'aloud', on });
      if (!on) voice.hush();
    },
    hush: voice.hush,
    mute: (isMuted) => ends.talk?.mute(isMuted),
    level: () => ends.level,
    giveUp: () => gone(ends, 'caller-hung-up'),
    close: () => close(ends),
  };
}

/** With a microphone it is asked for first: nobody rings and then cannot be heard. */
async function begin(ends: Ends, wish: Wish): Promise<void> {
  close(ends);
  const own = ends.calls;
  ends.tell({ what: 'asked' });
  try {
    const talk = wish.by === 'talking' ? await openTalk(listenerOf(ends)) : undefined;
    if (own !== ends.calls) return talk?.close();
    ends.talk = talk;
    ends.isAloud = wish.aloud;
    ends.tell({ what: 'called', at: performance.now() });
    const [told, lost] = [(one: Told) => obey(ends, one), (why: string) => gone(ends, why)];
    ends.socket = openCallSocket({ do: 'call', ...wish }, { told, gone: lost });
  } catch (error) {
    if (own === ends.calls) gone(ends, error instanceof SoundRefused ? error.why : 'no-sound');
  }
}

function close(ends: Ends): void {
  ends.calls += 1;
  ends.socket?.close();
  ends.talk?.close();
  ends.voice.hush();
  Object.assign(ends, { socket: undefined, talk: undefined, level: 0 });
}

function gone(ends: Ends, why: string): void {
  close(ends);
  ends.tell({ what: 'gone', why, at: performance.now() });
}

/** Does what the product tells the browser to do, and passes it on to be shown. */
function obey(ends: Ends, told: Told): void {
  const { talk, voice, isAloud, tell } = ends;
  if (told.tell === 'state' && told.channel !== 'live') letGo(ends);
  if (told.tell === 'saying' && isAloud) voice.say(told);
  else if (told.tell === 'said' && told.how === 'cut') voice.hush();
  else if (told.tell === 'stream') talk?.join(told.offer);
  else if (told.tell === 'stream-close') talk?.leave();
  tell({ what: 'told', told, at: performance.now() });
}

/** A call that goes on by text never comes back to sound: nobody listens to the microphone any more. */
function letGo(ends: Ends): void {
  ends.talk?.close();
  ends.talk = undefined;
  ends.level = 0;
}

function listenerOf(ends: Ends): TalkListener {
  const { tell } = ends;
  return {
    level: (now) => void (ends.level = now),
    spoke: (at) => tell({ what: 'spoke', at }),
    sounds: (isPlaying) => tell({ what: 'sounds', isPlaying, at: performance.now() }),
    streamOver: () => ends.socket?.send({ do: 'stream-over' }),
    lost() {
      ends.socket?.send({ do: 'hang-up' });
      gone(ends, 'microphone-lost');
    },
  };
}
