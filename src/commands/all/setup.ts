import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { Personal, problem, type Ctx, type Id } from '#base';
import { models } from '#adapters/models';
import {
  idsFor,
  makeReadingKey,
  openSenses,
  planFromFile,
  setUpBusiness,
  setUpDemo,
  type BusinessPlan,
  type Senses,
} from '#app';
import { publicUrlOf } from '#edge';
import { hasApiKey, setModelCredential } from '#safeguards/accounts';
import { silent, type Command, type Io } from '../command.ts';

export default {
  say: 'Sets up a business: the demo, or one from a file (see docs/guides/your-number.md). Running it again brings it up to date.',
  options: {
    'demo': { type: 'boolean', say: 'the demo organisation with the number +15005550006' },
    'model': { type: 'string', say: 'which model the demo agent talks through (default: scripted)' },
    'new-key': { type: 'boolean', say: 'make another API key, when the first one was lost' },
    'file': { type: 'string', say: 'a YAML file that describes the business' },
  },
  async run(io) {
    const { demo, file } = io.options;
    if (Boolean(demo) === Boolean(file)) throw problem('usage', 'Say either --demo or --file business.yaml.');
    const setUp = demo ? await theDemo(io) : await fromFile(io, String(file));
    const senses = await openSenses(io.config(), silent);
    try {
      await setUp(senses);
    } finally {
      await senses.close();
    }
    return 0;
  },
} satisfies Command;

/** Sets up what was understood; mistakes of the caller are found before anything is opened. */
type SetUp = (senses: Senses) => Promise<void>;

async function theDemo(io: Io): Promise<SetUp> {
  const model = String(io.options['model'] ?? 'scripted');
  const known = (await models()).map(({ id }) => id);
  if (!known.includes(model)) throw problem('usage', `There is no model ${model}; there is: ${known.join(', ')}.`);
  return ({ ctx }) => setUpTheDemo(ctx, io, model);
}

async function setUpTheDemo(ctx: Ctx, io: Io, model: string): Promise<void> {
  const made = await setUpDemo(ctx, model);
  if (model !== 'scripted') await keepKey(ctx, io, made.organisation, model);
  const apiKey = await keyToShow(ctx, made.organisation, io);
  const url = publicUrlOf(ctx.config, ctx.config.port);
  io.print(
    { ...made, apiKey, url },
    [
      `The demo is set up. Number ${made.number} answers at ${url}/carriers/twilio/voice`,
      `  Account     ${made.twilio.accountSid}`,
      `  Auth token  ${made.twilio.authToken}`,
      `  API key     ${apiKey ?? shownBefore}`,
    ].join('\n'),
  );
}

/** The key is sealed with the organisation, so that `serve` needs no environment for it. */
async function keepKey(ctx: Ctx, io: Io, organisation: Id, vendor: string): Promise<void> {
  const { openaiKey } = ctx.config;
  if (openaiKey === undefined) {
    io.tell(
      `No key for ${vendor}: set SOTTO_OPENAI_KEY and run this again. Until then the scripted receptionist answers.`,
    );
    return;
  }
  const key = new Personal(openaiKey);
  await ctx.db.tenant(organisation, (tx) =>
    setModelCredential(ctx, tx, { organisation, vendor, key, by: 'command:setup' }),
  );
}

async function fromFile(io: Io, path: string): Promise<SetUp> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw problem('usage', 'The file named with --file cannot be read.');
  });
  const plan = await planFromFile(parsed(text), (name) => secretIn(resolve(dirname(path), name)));
  await requireModel(plan.agent.model, '/agent/model');
  return ({ ctx }) => setUpPlan(ctx, io, plan);
}

async function requireModel(model: string, at: string): Promise<void> {
  const known = (await models()).map(({ id }) => id);
  if (known.includes(model)) return;
  const mistakes = [{ at, fix: `must be one of ${known.join(', ')}` }];
  throw problem('input-invalid', 'The business file has mistakes.', { mistakes });
}

async function setUpPlan(ctx: Ctx, io: Io, plan: BusinessPlan): Promise<void> {
  const [line] = plan.lines;
  const ids = idsFor(ctx.keys, line?.accountSid ?? plan.name);
  await setUpBusiness(ctx, { ...ids, kind: 'customer' }, plan);
  const url = publicUrlOf(ctx.config, ctx.config.port);
  const apiKey = await keyToShow(ctx, ids.organisation, io);
  const webhooks = { voice: `${url}/carriers/twilio/voice`, status: `${url}/carriers/twilio/status` };
  io.print(
    { ...ids, number: line?.number, webhooks, apiKey },
    [
      `${plan.name} is set up. In the Twilio console, open the number ${line?.number ?? ''} and enter`,
      `  A call comes in       ${webhooks.voice}   (HTTP POST)`,
      `  Call status changes   ${webhooks.status}   (HTTP POST)`,
      `API key                 ${apiKey ?? shownBefore}`,
      `What callers leave      curl -H 'Authorization: Bearer <API key>' ${url}/api/v1/messages`,
    ].join('\n'),
  );
}

/** The token may be deleted once it was handed over. */
async function secretIn(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const shownBefore = 'was shown before; --new-key makes another';

/** Keys are shown once: a second set-up makes another only when asked. */
async function keyToShow(ctx: Ctx, organisation: Id, io: Io): Promise<string | null> {
  const wasShown = await ctx.db.tenant(organisation, (tx) => hasApiKey(tx, organisation, 'setup'));
  if (wasShown && !io.options['new-key']) return null;
  return (await makeReadingKey(ctx, organisation, 'setup')).key;
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    throw problem('input-invalid', 'The business file is not YAML. Compare it with docs/guides/business.example.yaml.');
  }
}
