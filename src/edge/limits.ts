/** What one client may take of us. Bytes and milliseconds. Tests shrink them; an installation does not. */
export const edgeLimits = {
  /** All headers of a request together. */
  headerBytes: 16_384,
  /** From the first byte to the end of the headers. */
  headersMs: 10_000,
  /** From the first byte to the end of the body. */
  requestMs: 30_000,
  /** A connection between two requests. */
  keepAliveMs: 10_000,
  /** A connection on which nothing moves in either direction. */
  idleMs: 60_000,
  /** How often Node looks for connections that are over their time. */
  checkMs: 1_000,
  webhookBytes: 65_536,
  apiBytes: 262_144,
  jsonDepth: 32,
  /** From the upgrade request to the session. */
  handshakeMs: 10_000,
  /** From the open socket to its first message. */
  firstMessageMs: 10_000,
  messageBytes: 65_536,
  /** Messages that wait while the session is busy with an earlier one. */
  waitingMessages: 100,
  /** Bytes we hold for a reader that does not read. */
  unsentBytes: 1_048_576,
  /** A socket that is silent through one whole interval, pong included, is dead. */
  pingMs: 20_000,
  /** How often it is looked at whether the visitor of a socket of our own pages may still have it open. */
  visitorMs: 5_000,
  /** Streams of events at once, in this process. */
  streams: 500,
  /** Bytes of a stream that wait for its reader here, beside what its connection holds. */
  streamBytes: 4_096,
  /** How long a reader of a stream may take nothing. */
  unreadMs: 30_000,
  /** How often a stream says that it lives. */
  beatMs: 15_000,
  /** How long a closing server waits for requests and sockets to end. */
  closeMs: 10_000,
} as const;

export type EdgeLimits = { readonly [Name in keyof typeof edgeLimits]: number };
