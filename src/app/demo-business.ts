import { createHmac } from 'node:crypto';
import { isProblem, Personal, type Ctx, type Id } from '#base';
import { addPerson, makeApiKey } from '#safeguards/accounts';
import { loadAgent } from '#secretary/agent';
import { idsFor, officeHours, setUpBusiness, type BusinessPlan, type SetUpBusiness } from './business.ts';

/** The number of the demo's lines: Twilio's magic test number, which nobody owns. */
export const demoNumber = '+15005550006';

/** Where the demo business is. */
export const demoZone = 'America/New_York';

export type DemoSetUp = {
  readonly organisation: Id;
  readonly owner: Id;
  readonly agent: Id;
  readonly number: string;
  /** What signs webhooks of the demo's lines; the same account exists at `twilio` and at `emulator`. */
  readonly twilio: { readonly accountSid: string; readonly authToken: string };
};

const scopes = [
  'calls:read',
  'transcripts:read',
  'leads:read',
  'messages:read',
  'appointments:read',
  'recordings:read',
];

/**
 * Makes the demo organisation, or leaves it as it is: owner, one number at Twilio and at the emulated carrier, and an
 * agent for each. The first talks through `model` (undefined = as before), the second is always the scripted one, so
 * that the demo call needs no key. Its auth token follows from the root key, so every run prints the same one and it guards nothing but the demo.
 */
export async function setUpDemo(ctx: Ctx, model?: string): Promise<DemoSetUp> {
  const ids = idsFor(ctx.keys, 'demo');
  const seed = createHmac('sha256', ctx.keys.derive('demo-account')).update('twilio').digest('hex');
  const twilio = { accountSid: `AC${seed.slice(0, 32)}`, authToken: seed.slice(32) };
  const offline = { ...ids, agent: idsFor(ctx.keys, 'demo-offline').agent };
  const chosen = model ?? (await modelOf(ctx, ids));
  await setUpBusiness(ctx, { ...ids, kind: 'demo' }, demoPlan(chosen, 'twilio', twilio));
  await setUpBusiness(ctx, { ...offline, kind: 'demo' }, demoPlan('scripted', 'emulator', twilio));
  const owner = await ctx.db.tenant(ids.organisation, (tx) =>
    addPerson(ctx, tx, {
      organisation: ids.organisation,
      role: 'owner',
      name: new Personal('Demo owner'),
      email: new Personal('owner@demo.invalid'),
      by: 'command:setup',
    }),
  );
  return { ...ids, owner, number: demoNumber, twilio };
}

async function modelOf(ctx: Ctx, { organisation, agent }: SetUpBusiness): Promise<string> {
  try {
    return (await ctx.db.tenant(organisation, (tx) => loadAgent(tx, organisation, agent))).model;
  } catch (error) {
    if (isProblem(error, 'not-found')) return 'scripted';
    throw error;
  }
}

/** A key that reads what calls left behind. It is shown once. */
export function makeReadingKey(ctx: Ctx, organisation: Id, name: string): Promise<{ id: Id; key: string }> {
  return ctx.db.tenant(organisation, (tx) => makeApiKey(ctx, tx, { organisation, name, scopes, by: 'command:setup' }));
}

function demoPlan(model: string, carrier: string, account: DemoSetUp['twilio']): BusinessPlan {
  const line = { number: demoNumber, accountSid: account.accountSid, authToken: new Personal(account.authToken) };
  return {
    name: 'Riverside Dental',
    timeZone: demoZone,
    language: 'en-US',
    region: 'US-NY',
    agent: {
      name: 'Robin',
      language: 'en-US',
      greeting: 'How can I help you today?',
      facts: [
        {
          about: 'address, location, where are you, how to find us',
          answer: 'We are at 12 Mill Lane, next to the library.',
        },
        { about: 'parking, car', answer: 'There is free parking behind the building.' },
        { about: 'price, cost, cleaning, how much is a cleaning', answer: 'A cleaning is 95 dollars.' },
        { about: 'insurance, plans accepted', answer: 'We work with all major dental plans.' },
        { about: 'new patients, accepting patients', answer: 'Yes, we are taking new patients.' },
      ],
      hours: officeHours,
      visitMinutes: 30,
      transferTo: '+15005550009',
      speech: model === 'scripted' ? 'relay' : 'live',
      model,
      voice: null,
      record: false,
      discloseAi: true,
      tools: [],
    },
    lines: [{ carrier, ...line }],
  };
}
