/** One line of the books. `failed` counts requests that were allowed to leave and got no answer that counts. */
export type EgressCount = {
  readonly vendor: string;
  readonly host: string;
  readonly sent: number;
  readonly refused: number;
  readonly failed: number;
  /** Of those refused, because nobody lists the host. */
  readonly unlisted: number;
};

type Line = { -readonly [Name in keyof EgressCount]: EgressCount[Name] };

const mostLines = 1_000;

/** Books by vendor and host. Bounded: beyond a thousand lines further hosts share one line a vendor, `others`. */
export function egressLedger() {
  const lines = new Map<string, Line>();
  const entry = (vendor: string, host: string): Line => {
    const name = `${vendor} ${host}`;
    const known = lines.get(name);
    if (known) return known;
    if (lines.size >= mostLines && host !== 'others') return entry(vendor, 'others');
    const line = { vendor, host, sent: 0, refused: 0, failed: 0, unlisted: 0 };
    lines.set(name, line);
    return line;
  };
  const add = (counts: readonly EgressCount[]) => {
    for (const { vendor, host, ...more } of counts) {
      const line = entry(vendor, host);
      for (const [what, count] of Object.entries(more)) line[what as keyof typeof more] += count;
    }
  };
  return { entry, add, counts: (): EgressCount[] => [...lines.values()].map((line) => ({ ...line })) };
}
