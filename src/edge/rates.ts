/** For whom a limit counts: the sender's address, the person or API key that asks, an organisation, or nobody. */
export type Per = 'address' | 'asker' | 'organisation' | 'nobody';

export type Rate = {
  /** Completes "At most … requests"; published. */
  readonly say: string;
  readonly per: Per;
  /** Requests in any stretch of that many seconds. */
  readonly count: number;
  /** Whole minutes: a limit is counted in sixtieths of it. */
  readonly seconds: number;
  /** Requests pass while nobody can say whether they may: no caller loses the call because the limiter is away. */
  readonly isOpen?: true;
};

/**
 * Every limit there is. A route names the one that holds before its handler runs; those per organisation are asked for
 * by handlers of carriers, once the signature has told whose call it is. Exact and shared by all processes (ACC-13).
 */
export const rates = {
  /** Whether the process lives: less work than counting would be, and asked when the database that counts is away. */
  'health': { say: 'as often as you like', per: 'nobody', count: 0, seconds: 60 },
  /** Pages and documents for everyone. */
  'public': { say: '300 a minute from one address', per: 'address', count: 300, seconds: 60 },
  /** What wants to know who asks, before that is known; wide, because a whole office may share an address. */
  'sender': { say: '1200 a minute from one address', per: 'address', count: 1_200, seconds: 60 },
  /** Webhooks whose signature is still to be verified: a carrier's few addresses speak for all its customers. */
  'carrier': { say: '12000 a minute from one address', per: 'address', count: 12_000, seconds: 60, isOpen: true },
  'api': { say: '100 a minute for one person or key', per: 'asker', count: 100, seconds: 60 },
  'sign-up': { say: '5 an hour from one address', per: 'address', count: 5, seconds: 3_600 },
  /** Reports of weaknesses, which anybody may send. */
  'report': { say: '10 an hour from one address', per: 'address', count: 10, seconds: 3_600 },
  'sign-in': { say: '30 a minute from one address', per: 'address', count: 30, seconds: 60 },
  /** What is said during a call; a caller must never wait for a limit that others use up. */
  'live-call': {
    say: '6000 a minute for one organisation',
    per: 'organisation',
    count: 6_000,
    seconds: 60,
    isOpen: true,
  },
  /** How calls ended. A report that is refused is not sent again, so no busy hour may reach this. */
  'call-report': {
    say: '6000 a minute for one organisation',
    per: 'organisation',
    count: 6_000,
    seconds: 60,
    isOpen: true,
  },
  /** What is only listened to: nobody waits for it, and who sends it sends it again. */
  'webhooks': { say: '200 a minute for one organisation', per: 'organisation', count: 200, seconds: 60, isOpen: true },
  'messaging': { say: '200 a minute for one organisation', per: 'organisation', count: 200, seconds: 60 },
} as const satisfies Readonly<Record<string, Rate>>;

export type RateName = keyof typeof rates;

/** The limits that a route can name. */
export type RouteRate = { [R in RateName]: (typeof rates)[R]['per'] extends 'organisation' ? never : R }[RateName];
