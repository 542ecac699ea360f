import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openHttp, Personal, problem, systemClock, systemRandom } from '#base';
import { certificateSigner, isAbout, readCertificate, type ReadCertificate } from '#safeguards/erasure';
import { keysIn } from '#safeguards/log';
import { openKeystore } from '#safeguards/vault';
import { evidenceFaults, verifyEvidence } from '#trust';
import { certificateWords } from '../certificate-words.ts';
import { evidenceWords } from '../evidence-words.ts';
import { silent, type Command, type Io } from '../command.ts';

const refusals = {
  'malformed': 'this is no signed note: something was cut, added or changed',
  'unknown-key': 'the key did not sign it: it is from another installation, or what names the key was changed',
  'signature-wrong': 'the signature does not fit: something in it was changed',
  'no-certificate': 'it is signed, and no deletion certificate',
  'key-malformed': 'the key is none: it looks like NAME+HASH+BASE64',
} as const;

export default {
  say: 'Checks a deletion certificate, or the evidence of a promise, offline, with nothing but the public key, and says what it shows; an interim certificate is said to be that. Exits 1 and says why when it is not genuine. `key` prints the public key that certificates are signed with. Outside it asks nobody but a key service that is set, and that only for its own key.',
  words: [
    { name: 'what', say: 'what to check, or `key`', oneOf: ['certificate', 'evidence', 'key'] },
    { name: 'file', say: 'the certificate, or the file of evidence', isOptional: true },
  ],
  options: {
    key: {
      type: 'string',
      say: 'the public key, or a file that holds it (default for certificates: that of this installation); for evidence one key, or several apart by commas',
    },
    phone: { type: 'string', say: 'whether it is about this number; needs --salt' },
    salt: { type: 'string', say: 'what whoever asked for the erasure was given with it' },
  },
  async run(io) {
    if (io.words['what'] === 'key') {
      const key = await ownKey(io);
      io.print({ key }, key);
      return 0;
    }
    const file = io.words['file'];
    if (file === undefined)
      throw problem('usage', 'Say which file: ./sotto verify certificate FILE, or evidence FILE.');
    if (io.words['what'] === 'evidence') return tellEvidence(io, await bytesOf(file));
    const read = readCertificate(await bytesOf(file), await keyFor(io));
    if (!read.isGood) {
      io.print({ isGenuine: false, why: read.why }, `Not genuine: ${refusals[read.why]}.`);
      return 1;
    }
    return tell(io, read);
  },
} satisfies Command;

/** Says what was found, and when; the keys are given, since nothing here is believed but them. */
async function tellEvidence(io: Io, bytes: Buffer): Promise<0 | 1> {
  const given = io.options['key'];
  if (typeof given !== 'string') {
    throw problem('usage', 'Evidence needs the keys of the installation: --key KEY, from /.well-known/sotto/log/keys.');
  }
  const keys = keysIn(given.includes('+') ? given : (await bytesOf(given)).toString('utf8'));
  if (!keys) throw problem('usage', 'The key is none: it looks like NAME+HASH+BASE64.');
  const read = verifyEvidence(bytes, keys);
  if (!read.isGood) {
    io.print({ isGenuine: false, why: read.why }, `Not genuine: ${evidenceFaults[read.why]}.`);
    return 1;
  }
  const { look, recordedAt, log, global } = read;
  const heads = [log, global].map(({ origin, size }) => ({ log: origin, size }));
  io.print({ isGenuine: true, look, recordedAt, heads }, evidenceWords(read));
  return 0;
}

/** Says what it certifies; with a salt also whether it is about that number. */
function tell(io: Io, { by, text }: ReadCertificate & { readonly isGood: true }): 0 | 1 {
  const { phone, salt } = io.options;
  if ((phone === undefined) !== (salt === undefined)) throw problem('usage', '--phone and --salt go together.');
  const isMine =
    typeof phone === 'string' && typeof salt === 'string' ? isAbout(text, new Personal(phone), salt) : undefined;
  const document = { isGenuine: true, by, ...(isMine !== undefined && { isAbout: isMine }), certificate: text };
  const about = isMine
    ? 'It is about the number that was given.'
    : 'It is NOT about the number that was given, or the salt is another one.';
  io.print(document, `${certificateWords(by, text)}${isMine === undefined ? '' : `\n${about}`}`);
  return isMine === false ? 1 : 0;
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw problem('usage', `The file ${file} cannot be read.`, { cause: error });
  }
}

/** A key as it stands, or the file it stands in. */
async function keyFor(io: Io): Promise<string> {
  const given = io.options['key'];
  if (typeof given !== 'string') return ownKey(io);
  return given.includes('+') ? given : (await bytesOf(given)).toString('utf8');
}

/** From the keystore alone: neither database nor network are asked. Throws `usage` where there is no installation. */
async function ownKey(io: Io): Promise<string> {
  const config = io.config();
  await readFile(join(config.dataDir, 'keys', 'keystore.db')).catch((error: unknown) => {
    throw problem('usage', 'There is no installation here to take the public key from: give it with --key.', {
      cause: error,
    });
  });
  const http = openHttp({ config, log: silent });
  const keys = await openKeystore({ config, http, clock: systemClock, random: systemRandom });
  try {
    return certificateSigner({ keys }).vkey;
  } finally {
    await keys.close();
    await http.close();
  }
}
