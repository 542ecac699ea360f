export { networkOf, plainAddress } from './address.ts';
export { acceptPeer, type Acceptance, type Peer, type PeerListener } from './websocket/accept-peer.ts';
export { canonical, type Canonical } from './canonical.ts';
export { cardInChunks, cardMark, maskCards, onlyDigits } from './cards.ts';
export { loadCatalogue, loadItem, loadOnce, type Item } from './catalogue.ts';
export { closedHeaders, openedFeatures, pagePolicy } from './closed-headers.ts';
export { childEnvironment } from './child-environment.ts';
export { iso, keepAlive, manualClock, pause, systemClock, turnEnd, type Cancel, type Clock } from './clock.ts';
export { dataFiles, describeConfig, readConfig, settings, type Config } from './config.ts';
export type { Ctx } from './ctx.ts';
export {
  bindingQuery,
  openDb,
  tenantToken,
  transactionOf,
  type Db,
  type DbOptions,
  type DbRole,
  type Tx,
} from './db.ts';
export { download, kebab, openHttp, type Egress, type EgressCount, type EgressOptions } from './egress.ts';
export { Markup, markup } from './html.ts';
export type { Dial, Http, HttpRequest, HttpResponse, Opening } from './http.ts';
export type {
  ClockDoubt,
  ContentKey,
  DatedSubject,
  Epoch,
  Epochs,
  KeySubject,
  Keystore,
  KeyWindows,
  KnownTime,
  RootCensus,
  SubjectKind,
} from './keystore.ts';
export { errorWords, jsonLog, loggable, type Log, type LogEvent, type LogFields } from './log.ts';
export { watchLoopDelay, type LoopDelay } from './loop-delay.ts';
export { hearOutput, tlsHandshake, tlsVersions, watchOutput, type TlsVersion } from './probing.ts';
export {
  during,
  ofAll,
  ofCalls,
  pageOf,
  pageQuery,
  type Cursor,
  type Page,
  type PageRequest,
  type Period,
} from './page.ts';
export { Personal } from './personal.ts';
export {
  isProblem,
  outside,
  Outside,
  problem,
  Problem,
  problems,
  type Mistake,
  type OutsideKind,
  type ProblemCode,
} from './problems.ts';
export {
  isOutside,
  operatorsBaa,
  type Baa,
  type Certification,
  type InFourLanguages,
  type OutsideProcessor,
  type Processor,
  type Residue,
  type VendorCheck,
  type VendorProcessor,
} from './processor.ts';
export { joined, reopened, socketPair } from './reopen.ts';
export { startReconcilers, type Reconciler } from './reconcile.ts';
export { isId, newId, seededRandom, systemRandom, type Id, type Random } from './random.ts';
export { savepoint } from './savepoint.ts';
export {
  collector,
  openTelemetry,
  silentTelemetry,
  type Exporter,
  type SpanName,
  type Stretch,
  type Telemetry,
} from './telemetry.ts';
export { watchSockets, type SocketLedger, type SocketWatch } from './socket-watch.ts';
export { identifier, Sql, sql, together } from './sql.ts';
export { collectSooner, standBack } from './stand-back.ts';
