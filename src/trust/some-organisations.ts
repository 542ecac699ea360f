import { sql, type Sql } from '#base';
import { canaryIds, instanceId } from '#safeguards/accounts';

/** How many organisations one look goes through. */
const most = 200;

/** The organisations that a look at rows goes through, by `id`: the installation and the canaries, and others by chance. */
export const someOrganisations: Sql = sql`(
  select id from app.organisations
  order by id = any (${[instanceId, ...canaryIds]}::uuid[]) desc, random() limit ${most})`;
