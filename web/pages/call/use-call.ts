import { useEffect, useReducer, useRef, useState } from 'react';
import { openControl, type Wish } from './control.ts';
import { follow, nothing, type Conversation } from './conversation.ts';

/** A call, and all that can be done in it. */
export type Call = {
  readonly conversation: Conversation;
  /** What was asked for last; undefined before the first call. */
  readonly wish: Wish | undefined;
  readonly isMuted: boolean;
  /** How loud the caller is just now, 0 to 1. */
  readonly level: () => number;
  begin(wish: Wish): void;
  say(text: string): void;
  writing(): void;
  press(digit: string): void;
  speakAloud(on: boolean): void;
  mute(isMuted: boolean): void;
  hangUp(): void;
  /** Back to before the call. */
  forget(): void;
};

/** Somebody who types is still at it; told at most so often. */
const writingMs = 2_500;

export function useCall(): Call {
  const [conversation, dispatch] = useReducer(follow, nothing);
  const [wish, setWish] = useState<Wish>();
  const [isMuted, setMuted] = useState(false);
  const wroteAt = useRef(0);
  const [control] = useState(() => openControl(dispatch));
  useEffect(() => control.close, [control]);
  return {
    conversation,
    wish,
    isMuted,
    level: control.level,
    begin(wanted) {
      setWish(wanted);
      setMuted(false);
      void control.begin(wanted);
    },
    say(text) {
      control.hush();
      control.send({ do: 'say', text });
      dispatch({ what: 'typed', text, at: performance.now() });
    },
    writing() {
      const now = performance.now();
      if (now - wroteAt.current < writingMs) return;
      wroteAt.current = now;
      control.send({ do: 'writing' });
    },
    press(digit) {
      control.press(digit, conversation.channel === 'live');
      dispatch({ what: 'keyed', digits: digit });
    },
    speakAloud: control.speakAloud,
    mute(muted) {
      control.mute(muted);
      setMuted(muted);
    },
    hangUp() {
      control.hush();
      if (conversation.stage === 'under-way') control.send({ do: 'hang-up' });
      else control.giveUp();
    },
    forget: () => setWish(undefined),
  };
}
