import { problem } from '#base';
import { openSenses, type Senses } from '#app';
import { instanceId } from '#safeguards/accounts';
import {
  acknowledgements,
  missingIn,
  noticeDays,
  profileOf,
  setProfile,
  type KeptProfile,
  type Profile,
} from '#safeguards/profiles';
import { insistPlain } from '#trust';
import { silent, type Command, type Io } from '../command.ts';

/** The options that say something, by the field of the profile. */
const fields = {
  'legal-name': 'legalName',
  'address': 'address',
  'privacy': 'privacyContact',
  'support': 'supportContact',
  'security': 'securityContact',
  'time-zone': 'timeZone',
} as const;

export default {
  say: 'Shows who stands behind the public trust page of this installation, and what it cannot be published without; set changes it.',
  words: [{ name: 'what', say: 'show (default) or set', oneOf: ['show', 'set'], isOptional: true }],
  options: {
    'legal-name': { type: 'string', say: 'with set: who runs this installation, as in the register of companies' },
    'address': { type: 'string', say: 'with set: where they are to be found; empty takes it away, as everywhere here' },
    'privacy': { type: 'string', say: 'with set: mail or https address for questions of privacy' },
    'support': { type: 'string', say: 'with set: the same for help' },
    'security': { type: 'string', say: 'with set: the same for reports of weaknesses; it stands in security.txt too' },
    'acknowledge': {
      type: 'string',
      say: `with set: how soon such a report is acknowledged: ${acknowledgements.join(', ')}`,
    },
    'notice-days': {
      type: 'string',
      say: `with set: days before it gets data that a new processor is announced: ${noticeDays.join(' or ')}`,
    },
    'time-zone': { type: 'string', say: 'with set: IANA time zone by whose days business days are counted' },
  },
  async run(io) {
    const change = changeIn(io);
    const isSet = io.words['what'] === 'set';
    if (isSet !== Object.keys(change).length > 0)
      throw problem('usage', 'Say what to set, with the word set: ./sotto trust set --legal-name "Example LLC".');
    const senses = await openSenses(io.config(), silent);
    try {
      const profile = isSet ? await set(senses, change) : await show(senses);
      const missing = missingIn(profile, 'instance');
      io.print({ ...profile, missing, isPublished: missing.length === 0 }, human(profile, missing));
      return 0;
    } finally {
      await senses.close();
    }
  },
} satisfies Command;

function show({ ctx }: Senses): Promise<KeptProfile> {
  return ctx.db.tenant(instanceId, (tx) => profileOf(tx, instanceId));
}

async function set({ ctx }: Senses, change: Partial<Profile>): Promise<KeptProfile> {
  await insistPlain(ctx, { legalName: change.legalName, address: change.address });
  return ctx.db.tenant(instanceId, (tx) =>
    setProfile(ctx, tx, { organisation: instanceId, change, by: 'command:trust' }),
  );
}

/** Throws `usage` for what is none of the words of an option. */
function changeIn({ options }: Io): Partial<Profile> {
  const said = Object.entries(fields).flatMap(([option, field]) => {
    const value = options[option];
    return typeof value === 'string' ? [[field, value === '' ? null : value]] : [];
  });
  return {
    ...(Object.fromEntries(said) as Partial<Profile>),
    ...oneOf(options, 'acknowledge', acknowledgements, (acknowledgement) => ({ acknowledgement })),
    ...oneOf(options, 'notice-days', noticeDays, (days) => ({ noticeDays: days })),
  };
}

function oneOf<T extends string | number>(
  options: Io['options'],
  option: string,
  all: readonly T[],
  change: (value: T) => Partial<Profile>,
): Partial<Profile> {
  const said = options[option];
  if (typeof said !== 'string') return {};
  const found = all.find((one) => String(one) === said);
  if (found === undefined) throw problem('usage', `--${option} is one of: ${all.join(', ')}.`);
  return change(found);
}

function human(profile: KeptProfile, missing: readonly string[]): string {
  const lines = [
    ['Legal name', profile.legalName],
    ['Address', profile.address],
    ['Privacy', profile.privacyContact],
    ['Support', profile.supportContact],
    ['Security', profile.securityContact],
    ['Reports', `acknowledged: ${profile.acknowledgement}`],
    ['Processors', `announced ${profile.noticeDays} days before`],
    ['Time zone', profile.timeZone],
  ] as const;
  const named = Object.entries(fields).filter(([, field]) => missing.includes(field));
  const state =
    named.length === 0
      ? 'The trust page is published.'
      : `The trust page is not published: still missing ${named.map(([option]) => `--${option}`).join(', ')}.`;
  return [...lines.map(([name, value]) => `${name.padEnd(12)}${value ?? '–'}`), '', state].join('\n');
}
