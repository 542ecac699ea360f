import { account } from './account.ts';
import { place } from './place.ts';
import { secondFactor } from './second-factor.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { welcome } from './welcome.ts';
import { appointments } from './appointments.ts';
import { callDetail } from './call-detail.ts';
import { call } from './call.ts';
import { calls } from './calls.ts';
import { keeping } from './keeping.ts';
import { leads } from './leads.ts';
import { settings } from './settings.ts';
import { trust } from './trust.ts';
import { trustPage } from './trust-page.ts';
import { messages } from './messages.ts';
import { today } from './today.ts';
import { agent } from './agent.ts';
import { connections } from './connections.ts';
import { setup } from './setup.ts';
import { access } from './access.ts';
import { audit } from './audit.ts';
import { deletion } from './deletion.ts';
import { keys } from './keys.ts';
import { team } from './team.ts';

/** Every sentence on screen, by page. A line for each page. */
export const en = {
  team,
  keys,
  audit,
  deletion,
  access,
  today,
  messages,
  keeping,
  leads,
  settings,
  trust,
  trustPage,
  call,
  calls,
  callDetail,
  appointments,
  account,
  place,
  secondFactor,
  agent,
  connections,
  setup,
  shell,
  signIn,
  welcome,
};

export type Words = typeof en;
