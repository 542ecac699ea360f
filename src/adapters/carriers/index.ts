export type {
  Answer,
  Carrier,
  CarrierAccount,
  CarrierAddress,
  CarrierEvent,
  CarrierNumber,
  Erasing,
  HeldThere,
  Hint,
  NumberLook,
  Pointing,
  RelayCommand,
  RelayEvent,
  SignedRequest,
  Step,
  WebhookKind,
} from './carrier.ts';
export { carrierNamed, carriers } from './catalogue.ts';
export type { CallOptions, Ended, Faults, HeardAudio, LoggedStep, Spoken, TransferOutcome } from './emulator/leg.ts';
export type { EmulatedCall } from './emulator/emulated-call.ts';
export { converse, type CallerScript, type CallerTurn } from './emulator/converse.ts';
export type { Audience, StreamOffer, TakenStream } from './emulator/audience.ts';
export { callAsPerson, type PersonCall } from './emulator/person-call.ts';
export type { Transport } from './emulator/line.ts';
export { openExchange, type Exchange, type ExchangeOptions } from './emulator/exchange.ts';
export type { EmulatedNumber } from './emulator/numbers.ts';
export { audioToWords, wordsToAudio, type Utterance, type WordsHeard } from './emulator/spoken-audio.ts';
export { spokenMs } from './emulator/voice.ts';
export type { StreamDialect, StreamEvent } from './stream.ts';
