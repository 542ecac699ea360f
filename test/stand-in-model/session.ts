import type { WebSocket } from 'ws';
import type { Clock } from '#base';
import { startAnswer, type Answer } from './answering.ts';
import { readClientEvent, refusal, type ClientEvent, type ClientItem } from './client-events.ts';
import { connectionOf, type Connection } from './connection.ts';
import { lineOf, openConversation, type Conversation, type SpokenItem } from './conversation.ts';
import { openEar, type Ear, type EarListener } from './ear.ts';
import { openEcho, type Echo } from './echo.ts';
import type { Faults } from './faults.ts';
import type { Script } from './script.ts';
import { freshSettings, merged, type SessionUpdate } from './settings.ts';

/** How a session behaves. */
export type Manner = {
  readonly script: Script;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly pace: number;
  /** Silence after the caller's last word before the turn is over, in milliseconds of audio. */
  readonly endpointMs: number;
  /** What detects turns; undefined: the one that reads the words of emulated callers. */
  readonly ear: ((listener: EarListener) => Ear) | undefined;
  /** Every frame comes straight back as audio of one open response; nothing is heard or answered. */
  readonly isEcho: boolean;
  /** What the caller's words are transcribed to; undefined = the transcription fails. */
  readonly transcribe: (heard: string) => string | undefined;
  /** When a transcription is told: before the answer or after it. */
  readonly transcribed: 'before' | 'after';
};

/** What a test may look at. */
export type SeenSession = {
  readonly model: string;
  /** Every event that came, but for audio. */
  readonly received: readonly ClientEvent[];
  /** Error events that were sent because of what came. */
  readonly refusals: readonly string[];
  /** The conversation as the model sees it. */
  readonly conversation: Conversation;
  /** Audio that came, in bytes. */
  audioBytes(): number;
  settings(): SessionUpdate;
  isOpen(): boolean;
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const mostAudio = 15 * 1_024 * 1_024;

type State = {
  readonly manner: Manner;
  readonly connection: Connection;
  readonly conversation: Conversation;
  readonly spoken: Map<string, SpokenItem>;
  readonly received: ClientEvent[];
  readonly refusals: string[];
  readonly ear: Ear;
  readonly echo: Echo | undefined;
  settings: SessionUpdate;
  answer: Answer | undefined;
  /** Item of the turn that is being spoken. */
  turnItem: string;
  audioBytes: number;
  hasSpoken: boolean;
  /** What the caller did is told one after the other, whatever goes wrong in between. */
  told: Promise<void>;
};

/** What was asked for, and what the session's names begin with. */
type Named = { readonly model: string; readonly prefix: string };

/** Serves one session on a socket that has been accepted. */
export function serveSession(socket: WebSocket, manner: Manner, { model, prefix }: Named): SeenSession {
  const connection = connectionOf(socket, prefix, manner.faults, manner.clock);
  const state: State = {
    manner,
    connection,
    conversation: openConversation(),
    spoken: new Map(),
    received: [],
    refusals: [],
    ear: (manner.ear ?? ((listener) => openEar(listener, manner.endpointMs)))({
      began: (atMs) => inTurn(state, () => callerBegan(state, atMs)),
      ended: (words, atMs, lengthMs) => inTurn(state, () => callerEnded(state, { words, atMs, lengthMs })),
    }),
    echo: manner.isEcho ? openEcho(connection) : undefined,
    settings: freshSettings(model),
    answer: undefined,
    turnItem: '',
    audioBytes: 0,
    hasSpoken: false,
    told: Promise.resolve(),
  };
  socket.on('message', (message: Buffer, isBinary: boolean) => receive(state, message, isBinary));
  socket.on('error', () => socket.terminate());
  connection.emit('session.created', {
    session: { ...state.settings, object: 'realtime.session', id: connection.name('sess') },
  });
  return {
    model,
    received: state.received,
    refusals: state.refusals,
    conversation: state.conversation,
    audioBytes: () => state.audioBytes,
    settings: () => state.settings,
    isOpen: () => !connection.isOver(),
  };
}

function receive(state: State, message: Buffer, isBinary: boolean): void {
  if (state.connection.isOver()) return;
  if (!isBinary && state.echo?.give(message)) {
    state.audioBytes += 160;
    return;
  }
  const read = isBinary
    ? { refusal: refusal('invalid_json', 'Binary came, text was due.') }
    : readClientEvent(message.toString('utf8'));
  if ('refusal' in read) return refuse(state, read.refusal);
  if (read.event.type !== 'input_audio_buffer.append') state.received.push(read.event);
  handle(state, read.event);
}

function refuse({ connection, refusals }: State, error: ReturnType<typeof refusal>): void {
  refusals.push(`${error.code} ${error.param ?? ''}`.trim());
  connection.refuse(error);
}

function handle(state: State, event: ClientEvent): void {
  const no = (code: string, message: string, param: string | null = null) =>
    refuse(state, refusal(code, message, param, event.event_id ?? null));
  switch (event.type) {
    case 'session.update':
      return void update(state, event.session, no);
    case 'input_audio_buffer.append':
      return append(state, event.audio, no);
    case 'input_audio_buffer.commit':
      return no('input_audio_buffer_commit_empty', 'Turns are detected here.');
    case 'input_audio_buffer.clear':
      return state.connection.emit('input_audio_buffer.cleared');
    case 'conversation.item.create':
      return void create(state, event.item, event.previous_item_id, no);
    case 'conversation.item.delete':
      if (!state.conversation.remove(event.item_id))
        return no('item_delete_invalid_item_id', 'No such item.', 'item_id');
      return state.connection.emit('conversation.item.deleted', { item_id: event.item_id });
    case 'conversation.item.retrieve': {
      const item = state.conversation.find(event.item_id);
      if (!item) return no('item_retrieve_invalid_item_id', 'No such item.', 'item_id');
      return state.connection.emit('conversation.item.retrieved', { item: { id: item.id, ...item.shown } });
    }
    case 'conversation.item.truncate':
      return truncate(state, event, no);
    case 'response.create':
      if (state.answer && !state.answer.isOver()) {
        return no('conversation_already_has_active_response', 'Wait until the response is finished.');
      }
      return void answer(state, {
        heard: '',
        prompted: event.response?.instructions,
        metadata: event.response?.metadata,
      });
    case 'response.cancel':
      if (!state.answer || state.answer.isOver() || (event.response_id ?? state.answer.id) !== state.answer.id) {
        return no('response_cancel_not_active', 'Cancellation failed: no active response found');
      }
      return cancel(state, 'client_cancelled');
  }
}

type No = (code: string, message: string, param?: string | null) => void;

async function update(state: State, given: SessionUpdate, no: No): Promise<void> {
  const { connection } = state;
  const param = fixedSetting(state, given);
  if (param) return no('invalid_value', 'This cannot be changed any more.', param);
  const deed = await connection.moment('setup');
  if (deed === 'over' || deed?.do === 'error') return;
  state.settings = merged(state.settings, given);
  connection.emit('session.updated', { session: { ...state.settings, object: 'realtime.session' } });
}

/** What may not change: the model ever, the voice once it has spoken, tracing once it is on. */
function fixedSetting({ hasSpoken, settings }: State, given: SessionUpdate): string | undefined {
  const voice = given.audio?.output?.voice;
  if (given.model !== undefined && given.model !== settings.model) return 'session.model';
  if (hasSpoken && voice !== undefined && voice !== settings.audio?.output?.voice) return 'session.audio.output.voice';
  return settings.tracing && given.tracing !== undefined ? 'session.tracing' : undefined;
}

function append(state: State, audio: string, no: No): void {
  if (audio.length > mostAudio || !base64.test(audio)) return no('invalid_value', 'The audio is no base64.', 'audio');
  const bytes = Buffer.from(audio, 'base64');
  state.audioBytes += bytes.length;
  if (state.settings.audio?.input?.turn_detection) state.ear.hear(bytes);
}

async function create(state: State, item: ClientItem, previous: string | undefined, no: No): Promise<void> {
  const { connection, conversation } = state;
  const line = lineOf(item);
  const lines = conversation.lines();
  if (line.by === 'result' && !lines.some((one) => one.by === 'call' && one.callId === line.callId)) {
    return no('invalid_tool_call_id', 'No function call has this id.', 'item.call_id');
  }
  const id = item.id ?? connection.name('item');
  const shown = { ...item, object: 'realtime.item', status: 'completed' };
  const added = conversation.add({ id, line, shown }, previous);
  if (!added) return no('invalid_value', 'The item cannot be placed there.', 'previous_item_id');
  connection.emit('conversation.item.added', { previous_item_id: added.before, item: { ...shown, id } });
  connection.emit('conversation.item.done', { previous_item_id: added.before, item: { ...shown, id } });
  if (line.by === 'result') await connection.moment('result');
}

function truncate(state: State, event: ClientEvent & { type: 'conversation.item.truncate' }, no: No): void {
  const spoken = state.spoken.get(event.item_id);
  if (!spoken) return no('item_truncate_invalid_item_id', 'Only spoken items can be truncated.', 'item_id');
  const { audio_end_ms, item_id, content_index } = event;
  if (audio_end_ms * 8 > spoken.bytes) {
    return no('invalid_value', `Audio content is already shorter than ${audio_end_ms}ms`, 'audio_end_ms');
  }
  spoken.bytes = audio_end_ms * 8;
  state.conversation.reword(item_id, '');
  state.connection.emit('conversation.item.truncated', { item_id, content_index, audio_end_ms });
}

function inTurn(state: State, work: () => Promise<void>): void {
  state.told = state.told.then(work);
}

async function callerBegan(state: State, atMs: number): Promise<void> {
  const { connection } = state;
  state.turnItem = connection.name('item');
  if ((await connection.moment('caller-begins')) === 'over') return;
  connection.emit('input_audio_buffer.speech_started', { audio_start_ms: atMs, item_id: state.turnItem });
  if (state.settings.audio?.input?.turn_detection?.interrupt_response !== false) cancel(state, 'turn_detected');
}

function cancel(state: State, reason: 'turn_detected' | 'client_cancelled'): void {
  const { answer: cancelled, connection } = state;
  if (!cancelled || cancelled.isOver()) return;
  cancelled.cancel(reason);
  void connection.moment('cancelled').then((deed) => {
    if (deed === 'over' || deed?.do !== 'late-audio') return;
    const late = {
      response_id: cancelled.id,
      item_id: [...state.spoken.keys()].at(-1),
      output_index: 0,
      content_index: 0,
    };
    connection.emit('response.output_audio.delta', { ...late, delta: Buffer.alloc(160, 0x30).toString('base64') });
  });
}

type Turn = { readonly words: string; readonly atMs: number; readonly lengthMs: number };

async function callerEnded(state: State, turn: Turn): Promise<void> {
  const { connection, conversation } = state;
  const item_id = state.turnItem;
  connection.emit('input_audio_buffer.speech_stopped', { audio_end_ms: turn.atMs, item_id });
  const shown = { type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] };
  const added = conversation.add({ id: item_id, line: { by: 'caller', text: turn.words }, shown });
  const previous_item_id = added?.before ?? null;
  connection.emit('input_audio_buffer.committed', { previous_item_id, item_id });
  connection.emit('conversation.item.added', { previous_item_id, item: { id: item_id, ...shown } });
  void answerTurn(state, item_id, turn);
}

async function answerTurn(state: State, item: string, turn: Turn): Promise<void> {
  const { connection, manner, settings } = state;
  if (manner.transcribed === 'before') transcribe(state, item, turn);
  if ((await connection.moment('turn')) === 'over') return;
  const isAnswered = settings.audio?.input?.turn_detection?.create_response !== false;
  if (isAnswered) await answer(state, { heard: turn.words, prompted: undefined, metadata: undefined });
  if (manner.transcribed === 'after') transcribe(state, item, turn);
}

function transcribe(state: State, item_id: string, { words, lengthMs }: Turn): void {
  if (!state.settings.audio?.input?.transcription) return;
  const type = 'conversation.item.input_audio_transcription';
  const place = { item_id, content_index: 0 };
  const transcript = state.manner.transcribe(words);
  if (transcript === undefined) {
    const error = { type: 'transcription_error', code: 'audio_unintelligible', message: 'Not understood.' };
    return state.connection.emit(`${type}.failed`, { ...place, error });
  }
  for (const delta of transcript.split(/(?<=\s)/)) state.connection.emit(`${type}.delta`, { ...place, delta });
  const usage = { type: 'duration', seconds: lengthMs / 1_000 };
  state.connection.emit(`${type}.completed`, { ...place, transcript, usage });
}

type Occasion = { readonly heard: string; readonly prompted: string | undefined; readonly metadata: unknown };

async function answer(state: State, { heard, prompted, metadata }: Occasion): Promise<void> {
  const { connection, conversation, manner, spoken } = state;
  // The vendor may fail to answer a turn while it still speaks.
  if (state.answer && !state.answer.isOver()) return;
  if (manner.faults.take('due')?.do === 'ignore') return;
  const lines = conversation.lines();
  const newest = lines.at(-1);
  const result = newest?.by === 'result' ? parsed(newest.output) : undefined;
  const act = manner.script({ heard, prompted, result, lines, instructions: state.settings.instructions ?? '' });
  state.hasSpoken ||= act.say !== undefined;
  state.answer = startAnswer(
    { connection, conversation, spoken, clock: manner.clock, pace: manner.pace },
    act,
    metadata,
  );
  await state.answer.run();
  await connection.moment('answered');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
