/** The vendor's voices (npm openai 7.55.0); the two it recommends for realtime speech come first. */
export const voices = [
  'marin',
  'cedar',
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
] as const;

export const usualVoice = voices[0];
