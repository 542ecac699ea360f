import { createHmac } from 'node:crypto';
import { Personal, problem, type Ctx, type Id, type Keystore, type Mistake, type Tx } from '#base';
import type { Hours } from '#adapters/models';
import {
  addCarrierAccount,
  addLine,
  addPerson,
  changeOrganisation,
  findCarrierAccount,
  isAddress,
  makeOrganisation,
  nameMistakes,
  setModelCredential,
} from '#safeguards/accounts';
import { agreeOnce } from '#safeguards/retention';
import { saveAgent, type Agent } from '#secretary/agent';

/** A business as `sotto setup` takes it: from the demo or from a file. */
export type BusinessPlan = {
  readonly name: string;
  readonly timeZone: string;
  readonly language: string;
  readonly region: string;
  /** Who belongs to it from the first sign-in by a link to that address on. */
  readonly owner?: Owner | undefined;
  readonly agent: Omit<Agent, 'organisation' | 'id'>;
  /** The business's own key at the vendor of its model; undefined keeps what is stored. */
  readonly modelKey?: Personal | undefined;
  readonly lines: readonly {
    readonly carrier: string;
    readonly number: string;
    readonly accountSid: string;
    /** Undefined keeps the one that is stored. */
    readonly authToken: Personal | undefined;
  }[];
};

type Owner = { readonly name: Personal; readonly email: Personal };

export type SetUpBusiness = { readonly organisation: Id; readonly agent: Id };

const weekday = [{ from: '09:00', to: '17:30' }];

/** Opening hours that suit most offices; a file names its own. */
export const officeHours: Hours = {
  mon: weekday,
  tue: weekday,
  wed: weekday,
  thu: weekday,
  fri: weekday,
  sat: [],
  sun: [],
};

/**
 * Makes the business with its agent and lines, or brings an existing one (same id) to what the plan says.
 * Throws `input-invalid` with every mistake.
 */
export async function setUpBusiness(
  ctx: Ctx,
  ids: SetUpBusiness & { kind: 'customer' | 'demo' },
  plan: BusinessPlan,
): Promise<void> {
  const { organisation } = ids;
  const { name, timeZone, language, region } = plan;
  const business = { id: organisation, name, timeZone, language, region, by: 'command:setup' } as const;
  await makeOrganisation(ctx, { ...business, kind: ids.kind });
  await ctx.db.tenant(organisation, async (tx) => {
    await changeOrganisation(ctx, tx, business);
    await agreeOnce(ctx, tx, { organisation, by: business.by });
    await saveAgent(ctx, tx, { organisation, id: ids.agent, ...plan.agent });
    if (plan.owner) await addPerson(ctx, tx, { organisation, role: 'owner', ...plan.owner, by: 'command:setup' });
    for (const line of plan.lines) await connectLine(ctx, tx, ids, line);
    const { modelKey: key, agent } = plan;
    const credential = { organisation, vendor: agent.model, by: 'command:setup' } as const;
    if (key) await setModelCredential(ctx, tx, { ...credential, key });
  });
}

async function connectLine(ctx: Ctx, tx: Tx, ids: SetUpBusiness, line: BusinessPlan['lines'][number]): Promise<void> {
  const { organisation } = ids;
  const { carrier, accountSid, authToken } = line;
  const by = 'command:setup' as const;
  const accountId = authToken
    ? await addCarrierAccount(ctx, tx, { organisation, carrier, accountSid, authToken, by })
    : await findCarrierAccount(tx, { organisation, carrier, accountSid });
  if (!accountId) throw problem('input-invalid', 'The auth token is not known yet.', { mistakes: [tokenMistake] });
  await addLine(ctx, tx, { organisation, carrier, accountId, e164: line.number, agentId: ids.agent, by });
}

const tokenMistake: Mistake = {
  at: '/twilio/authTokenFile',
  fix: 'must name a readable file that holds the auth token and nothing else',
};

const keyMistake: Mistake = {
  at: '/openai/keyFile',
  fix: 'must name a readable file that holds the key and nothing else',
};

type FilePlan = Readonly<Record<string, unknown>>;

/**
 * Reads a business file. `readSecret` fetches the auth token that the file names (`authTokenFile`), so that no
 * secret stands in it; undefined when there is no such file any more, which keeps the token that was handed over before. Throws `input-invalid` listing every mistake by its place.
 */
export async function planFromFile(
  parsed: unknown,
  readSecret: (path: string) => Promise<string | undefined>,
): Promise<BusinessPlan> {
  const file = record(parsed);
  const mistakes = [...strangers(file)];
  const business = record(file['business']);
  const agent = record(file['agent']);
  const twilio = record(file['twilio']);
  const text = (from: FilePlan, at: string, name: string, fallback?: string): string => {
    const value = from[name] ?? fallback;
    if (typeof value === 'string' && value.trim() !== '') return value;
    mistakes.push({ at: `/${at}/${name}`, fix: 'must be there, as text' });
    return '';
  };
  const tokenFile = text(twilio, 'twilio', 'authTokenFile');
  const authToken = tokenFile === '' ? undefined : await readToken(tokenFile, readSecret);
  if (authToken === 'wrong') mistakes.push(tokenMistake);
  const modelKey = await modelKeyIn(file, readSecret);
  if (modelKey === 'wrong') mistakes.push(keyMistake);
  const language = text(business, 'business', 'language', 'en-US');
  const plan: BusinessPlan = {
    name: text(business, 'business', 'name'),
    timeZone: text(business, 'business', 'timeZone'),
    region: text(business, 'business', 'region'),
    language,
    owner: ownerIn(file, mistakes),
    agent: agentOf(agent, language, (name, fallback) => text(agent, 'agent', name, fallback)),
    modelKey: modelKey === 'wrong' ? undefined : modelKey,
    lines: [
      {
        carrier: 'twilio',
        number: text(twilio, 'twilio', 'number'),
        accountSid: text(twilio, 'twilio', 'accountSid'),
        authToken: authToken === 'wrong' ? undefined : authToken,
      },
    ],
  };
  if (mistakes.length > 0) throw problem('input-invalid', 'The business file has mistakes.', { mistakes });
  return plan;
}

function ownerIn(file: FilePlan, mistakes: Mistake[]): Owner | undefined {
  if (file['owner'] === undefined) return undefined;
  const owner = record(file['owner']);
  const [name = '', email = ''] = [owner['name'], owner['email']].map((one) => (typeof one === 'string' ? one : ''));
  mistakes.push(...nameMistakes(name, '/owner/name'));
  if (!isAddress(email)) mistakes.push({ at: '/owner/email', fix: 'must be an address such as ana@example.com' });
  return { name: new Personal(name.trim()), email: new Personal(email.trim()) };
}

async function modelKeyIn(
  file: FilePlan,
  readSecret: (path: string) => Promise<string | undefined>,
): Promise<Personal | 'wrong' | undefined> {
  if (file['openai'] === undefined) return undefined;
  const { keyFile } = record(file['openai']);
  return typeof keyFile === 'string' ? readToken(keyFile, readSecret) : 'wrong';
}

/** What a file says of the secretary, with what suits most where it says nothing; saving checks the values. */
function agentOf(
  agent: FilePlan,
  language: string,
  text: (name: string, fallback: string) => string,
): BusinessPlan['agent'] {
  const model = (agent['model'] ?? 'scripted') as string;
  return {
    name: text('name', 'Robin'),
    language,
    greeting: text('greeting', language.startsWith('es') ? '¿En qué puedo ayudarle?' : 'How can I help you?'),
    facts: (agent['facts'] ?? []) as Agent['facts'],
    hours: { ...officeHours, ...record(agent['hours']) },
    visitMinutes: (agent['visitMinutes'] ?? 30) as number,
    transferTo: (agent['transferTo'] ?? null) as string | null,
    speech: (agent['speech'] ?? (model === 'scripted' ? 'relay' : 'live')) as Agent['speech'],
    model,
    voice: (agent['voice'] ?? null) as string | null,
    record: (agent['record'] ?? false) as boolean,
    discloseAi: (agent['discloseAi'] ?? true) as boolean,
    tools: (agent['tools'] ?? []) as Agent['tools'],
  };
}

/** The secret in the file; `wrong` when what is there cannot be one, undefined when nothing is there. */
async function readToken(
  file: string,
  readSecret: (path: string) => Promise<string | undefined>,
): Promise<Personal | 'wrong' | undefined> {
  const secret = await readSecret(file).catch(() => '');
  if (secret === undefined) return undefined;
  return /^\S{16,256}$/.test(secret) ? new Personal(secret) : 'wrong';
}

/** What a business file may say, by its sections. */
const fields: Readonly<Record<string, readonly string[]>> = {
  business: ['name', 'timeZone', 'region', 'language'],
  owner: ['name', 'email'],
  agent: [
    'name',
    'greeting',
    'visitMinutes',
    'transferTo',
    'discloseAi',
    'speech',
    'model',
    'voice',
    'record',
    'tools',
    'facts',
    'hours',
  ],
  twilio: ['number', 'accountSid', 'authTokenFile'],
  openai: ['keyFile'],
};

/** A misspelt field would be left out in silence, and its default would answer the telephone. */
function strangers(file: FilePlan): Mistake[] {
  const sections = Object.keys(file).filter((name) => !Object.hasOwn(fields, name));
  const inside = Object.entries(fields).flatMap(([section, known]) =>
    Object.keys(record(file[section]))
      .filter((name) => !known.includes(name))
      .map((name) => ({ at: `/${section}/${name}`, fix: `is not known; there is ${known.join(', ')}` })),
  );
  const all = Object.keys(fields).join(', ');
  return [...sections.map((name) => ({ at: `/${name}`, fix: `is not known; there is ${all}` })), ...inside];
}

function record(value: unknown): FilePlan {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as FilePlan) : {};
}

/** Ids that follow from what names the business, so that setting it up again changes it instead of doubling it. */
export function idsFor(keys: Pick<Keystore, 'derive'>, name: string): SetUpBusiness {
  return { organisation: namedId(keys, `organisation/${name}`), agent: namedId(keys, `agent/${name}`) };
}

/** A UUIDv8 (RFC 9562 §5.8) made of a keyed hash. */
function namedId(keys: Pick<Keystore, 'derive'>, name: string): Id {
  const bytes = createHmac('sha256', keys.derive('named-id')).update(name).digest().subarray(0, 16);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
