/**
 * One end of an open WebSocket that carries text, for the audio path: no event emitter, no parsing, no copies that are
 * not needed. Made by `acceptPeer` (a carrier's socket) and `http.connect` (a vendor's).
 */
export type Peer = {
  /** Sends one text message. Does nothing once the socket is closing; cuts a peer that has 4 MiB still to take. */
  send(text: string): void;
  /** The same with several messages, in one piece as far as may be. */
  sendAll(texts: readonly string[]): void;
  /** Bytes that the other side has not taken yet. */
  backlog(): number;
  /** Begins the closing handshake (RFC 6455 §7.1.2) and cuts off a peer that does not answer it within 2 s. */
  close(code: number, why?: string): void;
  /** Ends the connection at once. */
  cut(): void;
};

/**
 * What happens on a `Peer`. The functions are called one after the other, never two at a time, and may not throw: the
 * socket is closed (1011) for it.
 */
export type PeerListener = {
  /**
   * One whole text message as UTF-8 bytes, already checked to be UTF-8. The buffer is only lent: what is kept after
   * this call returns must be copied (a string made from it is a copy).
   */
  text(message: Buffer): void;
  /**
   * The socket is gone; nothing follows. The code is that of the other side's close frame (1005 when it names none), the
   * one it was told for breaking the protocol (1002, 1003, 1007, 1009), or 1006 when it ended without a goodbye.
   */
  closed(code: number): void;
};
