import type { Ctx, VendorCheck } from '#base';
import type { CarrierAccount } from '../carrier.ts';
import { askApi } from './ask.ts';
import type { Api } from './rest.ts';

/** What an account is worth: `GET /2010-04-01/Accounts/{account}.json`, which tells whether it is active. */
export async function checkAccount(http: Ctx['http'], api: Api, account: CarrierAccount): Promise<VendorCheck> {
  const reply = await askApi(http, api, { account, path: '.json' });
  if (reply.result !== 'ok') return reply.result;
  // `active`, `suspended` or `closed`.
  const { status } = reply.body as { status?: unknown };
  if (typeof status !== 'string') return 'not-understood';
  return status === 'active' ? 'ok' : 'not-active';
}
