/** What is said over the socket of a call, both ways (src/secretary/webcalls/messages.ts). */
export type Begin = {
  readonly do: 'call';
  readonly agent?: string;
  readonly by: 'typing' | 'talking';
  readonly aloud: boolean;
  readonly instead?: boolean;
};

export type ToProduct =
  | Begin
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'writing' }
  | { readonly do: 'press'; readonly digits: string }
  | { readonly do: 'spoken'; readonly n: number; readonly words: number }
  | { readonly do: 'aloud'; readonly on: boolean }
  | { readonly do: 'stream-over' }
  | { readonly do: 'hang-up' };

export type Phase = 'opening' | 'talking' | 'thinking' | 'running' | 'listening' | 'leaving' | 'transferring' | 'over';

/** One entry of the transcript; heard apart from meant. */
export type Entry = {
  readonly seq: number;
  readonly at: number;
  readonly speaker: string;
  readonly kind: string;
  readonly meant: string | null;
  readonly heard: string | null;
};

/** What a media stream begins with. */
export type Offer = {
  readonly account: string;
  readonly callId: string;
  readonly streamId: string;
  readonly parameters: Readonly<Record<string, string>>;
};

export type Told =
  | { readonly tell: 'call'; readonly id: string }
  | {
      readonly tell: 'state';
      readonly channel: 'live' | 'relay' | 'gather';
      readonly phase: Phase;
      readonly language: string;
      readonly tool?: string;
    }
  | { readonly tell: 'saying'; readonly n: number; readonly text: string; readonly language: string | null }
  | { readonly tell: 'word'; readonly n: number; readonly words: number }
  | { readonly tell: 'said'; readonly n: number; readonly how: 'whole' | 'cut' }
  | { readonly tell: 'keys'; readonly digits: string }
  | { readonly tell: 'stream'; readonly offer: Offer }
  | { readonly tell: 'stream-close' }
  | { readonly tell: 'entries'; readonly entries: readonly Entry[] }
  | { readonly tell: 'refused'; readonly code: string; readonly title: string; readonly detail: string }
  | { readonly tell: 'over'; readonly how: string };
