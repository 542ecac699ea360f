import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { Briefing, Json, ToolResult, ToolUse, TurnInput, TurnReply } from '../../../model.ts';
import receptionist from '../index.ts';

/** Friday the 20th of November 2026, 10:00 in New York. */
export const friday = Temporal.ZonedDateTime.from('2026-11-20T10:00[America/New_York]').epochMilliseconds;

export const callerNumber = '+15005550006';

const nineToFive = [{ from: '09:00', to: '17:00' }];

/** A made-up business: open Monday to Friday from 9 to 5, Saturday from 10 to 1. */
export const briefing: Briefing = {
  business: 'Hill Street Dental',
  agent: 'Sunny',
  greeting: 'Thank you for calling Hill Street Dental.',
  timeZone: 'America/New_York',
  hours: {
    mon: nineToFive,
    tue: nineToFive,
    wed: nineToFive,
    thu: nineToFive,
    fri: nineToFive,
    sat: [{ from: '10:00', to: '13:00' }],
    sun: [],
  },
  facts: [
    { about: 'Address', answer: 'We are at 12 Hill Street, next to the library.' },
    { about: 'Parking', answer: 'There is free parking behind the building.' },
    { about: 'Price of a cleaning', answer: 'A cleaning costs 90 dollars.' },
    { about: 'Price of whitening', answer: 'Whitening starts at 250 dollars.' },
    { about: 'Insurance', answer: 'We take Acme Dental and Globe Health insurance.' },
    { about: 'Children', answer: 'We see children from the age of three.' },
    { about: 'Email', answer: 'You can write to us at hello at hill street dot example.' },
  ],
  visitMinutes: 30,
  canTransfer: true,
  language: 'en-US',
};

/** What stands in for the product round the model: a calendar, and tools that refuse what they are told to refuse. */
export type Desk = {
  /** Free half hours as local `2026-11-23T09:00`; undefined: everything within hours but what is taken. */
  readonly free?: readonly string[];
  readonly taken?: readonly string[];
  /** Refusals by tool, used up in order. */
  readonly refuse?: Readonly<Record<string, readonly string[]>>;
  /** The caller's appointments, local. */
  readonly mine?: readonly string[];
  readonly briefing?: Partial<Briefing>;
  readonly callerNumber?: string | null;
  readonly now?: number;
};

/** One reply, with what was said in one string. */
export type Spoken = { readonly text: string; readonly reply: TurnReply };

/** A call in progress. Tools run at once; their results are fed back until the receptionist waits for the caller. */
export class Call {
  readonly uses: ToolUse[] = [];
  readonly replies: TurnReply[] = [];
  readonly #desk: Desk;
  readonly #refusals: Map<string, string[]>;
  #state: Json = null;
  ended = false;

  constructor(desk: Desk = {}) {
    this.#desk = desk;
    this.#refusals = new Map(Object.entries(desk.refuse ?? {}).map(([tool, whys]) => [tool, [...whys]]));
  }

  get briefing(): Briefing {
    return { ...briefing, ...this.#desk.briefing };
  }

  get state(): Json {
    return this.#state;
  }

  get now(): number {
    return this.#desk.now ?? friday;
  }

  start(): Promise<readonly Spoken[]> {
    const { callerNumber: number = callerNumber } = this.#desk;
    return this.turn({ type: 'start', callerNumber: number ?? undefined });
  }

  /** Feeds one happening in, runs the tools that are asked for, and gives back everything that was said. */
  async turn(input: TurnInput): Promise<readonly Spoken[]> {
    const spoken: Spoken[] = [];
    let next: TurnInput | undefined = input;
    while (next !== undefined) {
      const reply: TurnReply = await receptionist.turn({
        state: this.#state,
        input: next,
        briefing: this.briefing,
        now: this.now,
      });
      this.#state = JSON.parse(JSON.stringify(reply.state)) as Json;
      this.replies.push(reply);
      spoken.push({ text: reply.say.join(' '), reply });
      next = this.#run(reply.use);
    }
    return spoken;
  }

  debrief() {
    return receptionist.debrief({ state: this.#state, briefing: this.briefing, now: this.now });
  }

  #run(use: ToolUse | undefined): TurnInput | undefined {
    if (use === undefined) return undefined;
    this.uses.push(use);
    this.ended = use.tool === 'end-call';
    const why = this.#refusals.get(use.tool)?.shift();
    if (use.tool === 'end-call' || (use.tool === 'transfer' && why === undefined)) return undefined;
    const result: ToolResult = why === undefined ? this.#result(use) : { ok: false, why };
    return { type: 'result', tool: use.tool, result };
  }

  #result({ tool, input }: ToolUse): ToolResult {
    const appointmentId = '01999999-0000-7000-8000-000000000001';
    const startsAt = input['startsAt'] ?? null;
    if (tool === 'find-slot') return this.#slots(input);
    if (tool === 'find-mine') {
      const appointments = (this.#desk.mine ?? []).map((at, index) => ({
        appointmentId: `${appointmentId.slice(0, -1)}${index + 2}`,
        startsAt: this.#instant(at),
      }));
      return { ok: true, value: { appointments } };
    }
    if (tool === 'take-message') return { ok: true, value: { messageId: appointmentId } };
    return { ok: true, value: tool === 'book' || tool === 'move' ? { appointmentId, startsAt } : {} };
  }

  #slots({ from, until, limit }: ToolUse['input']): ToolResult {
    assert.ok(typeof from === 'string' && typeof until === 'string' && typeof limit === 'number' && limit <= 20);
    const [first, last] = [
      Temporal.Instant.from(from).epochMilliseconds,
      Temporal.Instant.from(until).epochMilliseconds,
    ];
    const taken = new Set((this.#desk.taken ?? []).map((at) => this.#instant(at)));
    const all = this.#desk.free ?? this.#withinHours(first);
    const slots = all
      .map((at) => this.#instant(at))
      .filter((at) => {
        const ms = Temporal.Instant.from(at).epochMilliseconds;
        return ms >= first && ms < last && ms > this.now && !taken.has(at);
      });
    return slots.length === 0 ? { ok: false, why: 'none-free' } : { ok: true, value: { slots: slots.slice(0, limit) } };
  }

  #withinHours(fromMs: number): readonly string[] {
    const { hours, timeZone } = this.briefing;
    const first = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timeZone).toPlainDate();
    const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
    return Array.from({ length: 16 }, (_, ahead) => first.add({ days: ahead })).flatMap((day) =>
      hours[names[day.dayOfWeek - 1]!].flatMap(({ from, to }) => halfHours(day, from, to)),
    );
  }

  #instant(at: string): string {
    const local = Temporal.PlainDateTime.from(at).toZonedDateTime(this.briefing.timeZone);
    return local.toInstant().toString({ smallestUnit: 'second' });
  }
}

function halfHours(day: Temporal.PlainDate, from: string, to: string): readonly string[] {
  const [start, end] = [Temporal.PlainTime.from(from), Temporal.PlainTime.from(to)];
  const count = Math.floor(start.until(end).total('minutes') / 30);
  return Array.from({ length: count }, (_, at) => day.toPlainDateTime(start.add({ minutes: 30 * at })).toString());
}
