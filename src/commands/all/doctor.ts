import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorWords, isProblem, type Config } from '#base';
import { openMail } from '#adapters/mail';
import { openSenses, type Senses } from '#app';
import { publicUrlOf } from '#edge';
import { doubtWords } from '#safeguards/vault';
import { silent, type Command } from '../command.ts';
import { heldWords } from '../held-words.ts';

type Check = { readonly name: string; readonly good: boolean; readonly say: string };

export default {
  say: 'Checks this machine and installation, and says what to mend. Exits 1 when something needs mending.',
  options: {},
  async run(io) {
    const config = io.config();
    const { opened, mails } = await opening(config);
    const checks = [runtime(), ...opened, await rootKey(config), reachable(config), mails];
    io.print(checks, checks.map(({ name, good, say }) => `${good ? '✓' : '✗'} ${name.padEnd(12)} ${say}`).join('\n'));
    return checks.every(({ good }) => good) ? 0 : 1;
  },
} satisfies Command;

function runtime(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  // As `engines` in package.json says.
  const good = major > 24 || (major === 24 && minor >= 12);
  const remedy = good ? '' : '; start it with ./sotto, which uses the one npm ci brought';
  return { name: 'Node', good, say: `${process.versions.node}${remedy}` };
}

/** What can only be looked at once Sotto opens, mail included: by whom it leaves, and who waits for a day, the register knows. */
async function opening(config: Config): Promise<{ readonly opened: readonly Check[]; readonly mails: Check }> {
  try {
    const senses = await openSenses(config, silent);
    try {
      return { opened: await openedWell(senses), mails: await mail(senses) };
    } finally {
      await senses.close();
    }
  } catch (error) {
    const say = isProblem(error) ? `${error.code}: ${error.message}` : String(errorWords(error).kind);
    const mails = { name: 'Mail', good: false, say: 'was not looked at, because Sotto does not open' };
    return { opened: [{ name: 'Opening', good: false, say }], mails };
  }
}

async function openedWell({ ctx, database }: Senses): Promise<readonly Check[]> {
  const { serverVersion, embedded } = database;
  const doubt = await ctx.keys.time.doubt();
  const version = `PostgreSQL ${Math.floor(serverVersion / 10_000)}.${serverVersion % 10_000}`;
  return [
    { name: 'Cryptography', good: true, say: 'the self-test passed' },
    { name: 'Keystore', good: true, say: 'opens with this root key' },
    { name: 'Clock', good: !doubt, say: doubt ? doubtWords(doubt) : 'is believed' },
    {
      name: 'Database',
      good: true,
      say: `${version}, ${embedded ? 'embedded' : 'external'}; organisations are kept apart`,
    },
  ];
}

/** Where the root key comes from when it is not in a file. That it opens the keystore has been tried by then. */
function rootElsewhere({ keyProvider, rootKey: key }: Config): string | undefined {
  if (keyProvider === 'transit') return 'in the key service at SOTTO_TRANSIT_URL';
  if (keyProvider === 'pkcs11') return 'opened by the token SOTTO_PKCS11_TOKEN';
  const isGiven = (keyProvider ?? (key === undefined ? 'file' : 'environment')) === 'environment';
  return isGiven ? 'from the environment' : undefined;
}

async function rootKey(config: Config): Promise<Check> {
  const elsewhere = rootElsewhere(config);
  if (elsewhere !== undefined) return { name: 'Root key', good: true, say: elsewhere };
  const file = config.rootKeyFile ?? join(config.dataDir, 'keys', 'root.key');
  const found = await stat(file).catch(() => undefined);
  if (!found) return { name: 'Root key', good: false, say: 'the key file is not there; the first start makes it' };
  const beside = config.rootKeyFile === undefined;
  return {
    name: 'Root key',
    good: true,
    say: beside
      ? 'in a file beside the data: back it up elsewhere, and keep it apart in production'
      : 'in a file of its own',
  };
}

function reachable(config: Config): Check {
  const url = publicUrlOf(config, config.port);
  const open = url.startsWith('https://');
  return {
    name: 'Public URL',
    good: true,
    say: open ? url : `${url}: only this machine can call; set SOTTO_PUBLIC_URL for a real carrier`,
  };
}

/** How mail leaves, and whether it could now: the mail server is dialled and signed in to, and no mail is sent. */
async function mail({ ctx, register }: Senses): Promise<Check> {
  const { config } = register;
  const waiting = register.held().find(({ does }) => does === 'mail');
  if (waiting) return { name: 'Mail', good: true, say: heldWords(waiting) };
  if (config.mail === 'outbox') return { name: 'Mail', good: true, say: unsent(config) };
  const { vendor, check } = await openMail({ ...ctx, config, dial: ctx.http.dial });
  const missing = await check();
  const say = missing.length > 0 ? missing.join('; ') : `leaves by ${vendor}, from ${config.mailFrom ?? ''}`;
  return { name: 'Mail', good: missing.length === 0, say };
}

function unsent({ smtpUrl, postmarkToken }: Config): string {
  const ready = [...(smtpUrl === undefined ? [] : ['smtp']), ...(postmarkToken === undefined ? [] : ['postmark'])];
  const remedy = ready.length > 0 ? `SOTTO_MAIL=${ready.join(' or ')} sends it` : 'see SOTTO_MAIL to send it';
  return `is not sent; ./sotto outbox shows it; ${remedy}`;
}
