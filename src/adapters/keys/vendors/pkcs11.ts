import { spawn } from 'node:child_process';
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment, type Config, type Random } from '#base';
import type { KeyProvider } from '../key-provider.ts';
import { aboutFile, makeKeyFile, nextName, nextNames, readKeyFile, settleKeyFile, unreadable } from '../key-file.ts';
import { localRoot } from '../local-root.ts';

/** How long the token may take to answer: some sign slowly, none this slowly. */
const withinMs = 20_000;

/**
 * The root key wrapped by an RSA key pair whose private half never leaves a PKCS #11 token: `keys/root.p11` holds what the
 * token opens, RSA-OAEP with SHA-1, which is the only one that every token has (its hash need not resist collisions, RFC
 * 8017 §B.1). The token is asked once a start, through pkcs11-tool of OpenSC (its manual page); the PIN goes by the
 * environment of that program, never by its arguments, which others can see. Afterwards the root key is in this process.
 */
export default {
  isSetUp: ({ pkcs11Module, pkcs11Token }) => pkcs11Module !== undefined && pkcs11Token !== undefined,
  async open(config, { create, random }) {
    const file = wrappedFile(config);
    const found = await aboutFile(file, () => readOrMake(config, file, create, random));
    if (found) return localRoot(found, random);
    throw unreadable(`${file} does not exist. Put it back: it holds the root key, as the token wrapped it.`);
  },
  async next(config, { create, random }) {
    const file = wrappedFile(config);
    return aboutFile(file, async () => {
      const there = await nextNames(file);
      const names = there.length === 0 && create ? [nextName(file, random)] : there;
      const roots = [];
      for (const name of names) {
        const key = await readOrMake(config, name, create, random);
        const settle = () => aboutFile(file, () => settleKeyFile(name, file));
        if (key) roots.push({ root: localRoot(key, random), settle });
      }
      return roots;
    });
  },
} satisfies KeyProvider;

function wrappedFile({ dataDir }: Config): string {
  return join(dataDir, 'keys', 'root.p11');
}

async function readOrMake(config: Config, file: string, create: boolean, random: Random): Promise<Buffer | undefined> {
  const found = await readKeyFile(file);
  if (found !== undefined) return unwrap(config, file, found);
  if (!create) return undefined;
  await makeKeyFile(file, (await wrap(config, random.bytes(32))).toString('base64'), random);
  // Read back: of two that make it at once one wins, and what the token does not open is better known now.
  const made = await readKeyFile(file);
  return made === undefined ? undefined : unwrap(config, file, made);
}

async function wrap(config: Config, key: Buffer): Promise<Buffer> {
  const der = await askToken(config, ['--read-object', '--type', 'pubkey'], undefined);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, key);
}

async function unwrap(config: Config, file: string, text: string): Promise<Buffer> {
  const oaep = ['--mechanism', 'RSA-PKCS-OAEP', '--hash-algorithm', 'SHA-1', '--mgf', 'MGF1-SHA1'];
  const key = await askToken(config, ['--decrypt', ...oaep], Buffer.from(text, 'base64'));
  if (key.length === 32) return key;
  throw unreadable(`The token opens something else in ${file} than a root key. Put the right file back.`);
}

/** Runs pkcs11-tool on the key; with `input`, which only the private half opens, it signs in. Returns what it writes. */
async function askToken(config: Config, words: readonly string[], input: Buffer | undefined): Promise<Buffer> {
  const { pkcs11Module = '', pkcs11Token = '', pkcs11Key } = config;
  const names = ['--module', pkcs11Module, '--token-label', pkcs11Token, '--label', pkcs11Key];
  const login = input ? ['--login', '--pin', 'env:SOTTO_PKCS11_PIN'] : [];
  const pin = input && { pkcs11Pin: await pinOf(config) };
  const env = childEnvironment({ ...config, ...pin }, pin ? ['pkcs11Pin'] : []);
  const { code, output, said } = await run([...names, ...login, ...words], input, env);
  if (code === 0) return output;
  throw unreadable(whyNot(config, said));
}

async function pinOf({ pkcs11Pin, pkcs11PinFile }: Config): Promise<string> {
  if (pkcs11Pin !== undefined) return pkcs11Pin;
  const text = await readFile(pkcs11PinFile ?? '', 'utf8').catch((error: unknown) => {
    throw unreadable('SOTTO_PKCS11_PIN_FILE cannot be read. Check the path and its permissions.', error);
  });
  return text.trim();
}

type Ran = { readonly code: number | null; readonly output: Buffer; readonly said: string };

function run(words: readonly string[], input: Buffer | undefined, env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn('pkcs11-tool', words, {
      env: { ...env },
      stdio: 'pipe',
      timeout: withinMs,
      killSignal: 'SIGKILL',
    });
    const [output, said]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => void output.push(part));
    child.stderr.on('data', (part: Buffer) => void said.push(part));
    // A program that has ended reads no more.
    child.stdin.on('error', () => {});
    child.once('error', (error) => reject(notThere(error)));
    child.once('close', (code) =>
      resolve({ code, output: Buffer.concat(output), said: Buffer.concat(said).toString('latin1') }),
    );
    child.stdin.end(input);
  });
}

function notThere(error: unknown) {
  return unreadable('pkcs11-tool cannot be run. Install OpenSC, on Debian: apt install opensc', error);
}

/** What pkcs11-tool says it could not do, in terms of our settings. It tries a PIN once: tokens lock after a few. */
function whyNot({ pkcs11Module, pkcs11Token, pkcs11Key }: Config, said: string): string {
  if (/PIN_INCORRECT|PIN_INVALID|PIN_LEN/.test(said))
    return 'The token refuses SOTTO_PKCS11_PIN. Mend it before it locks.';
  if (/PIN_LOCKED/.test(said)) return 'The token is locked. Unlock it with its PUK.';
  if (/load pkcs11 module|sc_dlopen/i.test(said)) return `${pkcs11Module} cannot be loaded. Check SOTTO_PKCS11_MODULE.`;
  if (/No slot with token/.test(said)) return `There is no token ${pkcs11Token} there. Check SOTTO_PKCS11_TOKEN.`;
  if (/object not found|key not found/i.test(said)) {
    return `The token holds no RSA key pair ${pkcs11Key}. Make one there, or check SOTTO_PKCS11_KEY.`;
  }
  const [reason = 'no reason'] = /CKR_\w+/.exec(said) ?? [];
  return `The token does not open the root key (${reason}). Put back the token, and keys/root.p11, that belong together.`;
}
