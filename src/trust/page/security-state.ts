import { instanceId } from '#safeguards/accounts';
import { newForm, operatorWeek, reportStanding, type Standing } from '#safeguards/disclosure';
import { profileOf, type Acknowledgement } from '#safeguards/profiles';
import type { TrustCtx } from './trust-page.ts';

/** What the page on which weaknesses are reported shows. */
export type SecurityState = {
  /** A mail address or an https address; null until somebody has said one. */
  readonly contact: string | null;
  readonly acknowledgement: Acknowledgement;
  readonly timeZone: string;
  readonly standing: Standing;
  /** Where programs send a report. */
  readonly intake: string;
  /** Made for this reader; it goes with their form and into no document for programs. */
  readonly form: string;
};

export async function securityState(ctx: TrustCtx): Promise<SecurityState> {
  const [standing, { timeZone }, profile] = await Promise.all([
    reportStanding(ctx),
    operatorWeek(ctx),
    ctx.db.tenant(instanceId, (tx) => profileOf(tx, instanceId)),
  ]);
  const { securityContact: contact, acknowledgement } = profile;
  return {
    contact,
    acknowledgement,
    timeZone,
    standing,
    intake: `${ctx.publicUrl()}/trust/security/reports`,
    form: newForm(ctx),
  };
}
