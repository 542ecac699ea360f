import { type Config, type Reconciler } from '#base';
import { limitSweeper } from '#database';
import { closer, eraser } from '#safeguards/erasure';
import { factorReconcilers } from '#safeguards/factors';
import { reportSweeper, reportWatch } from '#safeguards/disclosure';
import { firstAnswers } from '#safeguards/uptime';
import { figurePublisher } from '#secretary/figures';
import { holdKeeper } from '#safeguards/holds';
import { identityReconcilers } from '#safeguards/identity';
import { instanceId } from '#safeguards/accounts';
import { changeTally, witnessAsker } from '#safeguards/log';
import { mailLogSweeper, noticeSender } from '#safeguards/notices';
import { processorEraser, processorWatch } from '#safeguards/processors';
import { registerReconcilers, type Register } from '#safeguards/register';
import { repeatSweeper } from '#safeguards/repeats';
import { addressKeySweeper, keyReaper } from '#safeguards/vault';
import { callFinisher, callWatchdog, type CallCtx } from '#secretary/calls';
import { recordingFinisher, type RecordingCtx } from '#secretary/recordings';
import { trustReconcilers } from '#trust';
import { lineWatch, type Carrying } from './live.ts';
import { openMailNow } from './held-mail.ts';
import { eraseCtxOf } from './erasure/ctx.ts';
import { preparer } from './prepare-business.ts';
import type { AppSenses } from './app.ts';

type Parts = {
  readonly callCtx: CallCtx;
  readonly recordingCtx: RecordingCtx;
  readonly carrying: Carrying;
  readonly register: Register;
  readonly books: Reconciler;
  /** The settings as they are set, whatever is held back. */
  readonly settings: Config;
};

/** What is done behind the requests, over and over, as the jobs. */
export async function workBehind(
  { ctx, jobs: db }: AppSenses,
  { callCtx, recordingCtx, carrying, register, books, settings }: Parts,
): Promise<readonly Reconciler[]> {
  const { publicUrl } = callCtx;
  const mailer = await openMailNow({ ...ctx, dial: ctx.http.dial }, settings);
  const erasing = eraseCtxOf({ ...recordingCtx, config: ctx.config, db });
  return [
    callFinisher({ ...callCtx, db }),
    callWatchdog({ ...callCtx, db }),
    recordingFinisher({ ...recordingCtx, db }),
    processorEraser({ ...callCtx, db }),
    processorWatch({ ...ctx, db }),
    holdKeeper({ ...ctx, db }),
    reportWatch({ ...ctx, db }),
    reportSweeper({ ...ctx, db }),
    firstAnswers({ ...ctx, db }),
    figurePublisher({ ...ctx, db }),
    eraser(erasing),
    closer(erasing),
    ...identityReconcilers({ ...ctx, db, publicUrl, prepare: preparer({ ...ctx, db }) }),
    ...factorReconcilers({ ...ctx, db }),
    noticeSender({ ...ctx, db, publicUrl }, mailer),
    mailLogSweeper({ ...ctx, db }),
    ...registerReconcilers({ ...ctx, config: settings, db, publicUrl }, register),
    books,
    changeTally({ db }),
    witnessAsker({ ...ctx, db, installation: instanceId }),
    ...trustReconcilers({ ...ctx, db, publicUrl }),
    lineWatch(carrying),
    limitSweeper({ db }),
    repeatSweeper({ ...ctx, db }),
    addressKeySweeper(ctx),
    keyReaper(ctx),
    ...carrying.telemetry.reconcilers,
  ];
}
