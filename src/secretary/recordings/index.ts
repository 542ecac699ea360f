export { beginRecording } from './begin.ts';
export { endRecording } from './end.ts';
export { recordingFinisher } from './finisher.ts';
export { recordingsAmong } from './recordings-among.ts';
export { deleteRecording, deleteSound } from './remove.ts';
export { recordingRoutes } from './routes.ts';
export { playableMs, type RecordingCtx } from './rows.ts';
