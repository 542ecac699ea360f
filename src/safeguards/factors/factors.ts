import { sql, type Id, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';

/** How many factors somebody has. */
export type FactorCounts = {
  readonly hasTotp: boolean;
  readonly passkeys: number;
  /** Unused ones. */
  readonly recoveryCodes: number;
};

/** In a transaction of the instance. */
export async function factorsIn(tx: Tx, identity: Id): Promise<FactorCounts> {
  return tx.one<FactorCounts>(sql`
    select
      exists (select from app.totp_secrets
        where organisation_id = ${instanceId} and identity_id = ${identity} and confirmed_at is not null) as "hasTotp",
      (select count(*)::int from app.passkeys
        where organisation_id = ${instanceId} and identity_id = ${identity}) as passkeys,
      (select count(*)::int from app.recovery_codes
        where organisation_id = ${instanceId} and identity_id = ${identity}) as "recoveryCodes"`);
}
