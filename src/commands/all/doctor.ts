import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorWords, isProblem, openHttp, systemClock, type Config } from '#base';
import { openMail } from '#adapters/mail';
import { openSenses } from '#app';
import { publicUrlOf } from '#edge';
import { silent, type Command } from '../command.ts';

type Check = { readonly name: string; readonly good: boolean; readonly say: string };

export default {
  say: 'Checks this machine and installation, and says what to mend. Exits 1 when something needs mending.',
  options: {},
  async run(io) {
    const config = io.config();
    const checks = [
      runtime(),
      ...(await opening(config)),
      await rootKey(config),
      reachable(config),
      await mail(config),
    ];
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

async function opening(config: Config): Promise<Check[]> {
  try {
    const senses = await openSenses(config, silent);
    const { serverVersion, embedded } = senses.database;
    await senses.close();
    const version = `PostgreSQL ${Math.floor(serverVersion / 10_000)}.${serverVersion % 10_000}`;
    return [
      { name: 'Cryptography', good: true, say: 'the self-test passed' },
      { name: 'Keystore', good: true, say: 'opens with this root key' },
      {
        name: 'Database',
        good: true,
        say: `${version}, ${embedded ? 'embedded' : 'external'}; organisations are kept apart`,
      },
    ];
  } catch (error) {
    const say = isProblem(error) ? `${error.code}: ${error.message}` : String(errorWords(error).kind);
    return [{ name: 'Opening', good: false, say }];
  }
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
async function mail(config: Config): Promise<Check> {
  if (config.mail === 'outbox') return { name: 'Mail', good: true, say: unsent(config) };
  const http = openHttp({ config, log: silent });
  try {
    const { vendor, check } = await openMail({ config, clock: systemClock, http, dial: http.dial });
    const missing = await check();
    const say = missing.length > 0 ? missing.join('; ') : `leaves by ${vendor}, from ${config.mailFrom ?? ''}`;
    return { name: 'Mail', good: missing.length === 0, say };
  } finally {
    await http.close();
  }
}

function unsent({ smtpUrl, postmarkToken }: Config): string {
  const ready = [...(smtpUrl === undefined ? [] : ['smtp']), ...(postmarkToken === undefined ? [] : ['postmark'])];
  const remedy = ready.length > 0 ? `SOTTO_MAIL=${ready.join(' or ')} sends it` : 'see SOTTO_MAIL to send it';
  return `is not sent; ./sotto outbox shows it; ${remedy}`;
}
