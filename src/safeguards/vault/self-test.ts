import * as crypto from 'node:crypto';
import { BlockList, connect } from 'node:net';
import { problem } from '#base';

/** What is tested: Node's own modules, or in tests one that misbehaves on purpose. */
export type Runtime = { readonly crypto: typeof crypto; readonly connect: typeof connect };

/**
 * Asks the runtime at start whether its cryptography does what the product relies on (facts: security §0.1), and
 * compares each algorithm with a published answer. Throws `crypto-self-test-failed` naming what failed.
 */
export async function cryptoSelfTest(runtime: Runtime = { crypto, connect }): Promise<void> {
  const failed: string[] = [];
  for (const [name, passes] of checks) {
    if (!(await holds(runtime, passes))) failed.push(name);
  }
  if (failed.length === 0) return;
  throw problem(
    'crypto-self-test-failed',
    `This Node.js (${process.version}) fails: ${failed.join(', ')}. Start with the Node.js that npm ci installs, or another 24 or newer.`,
  );
}

async function holds(runtime: Runtime, passes: Check): Promise<boolean> {
  try {
    return await passes(runtime);
  } catch {
    return false;
  }
}

type Check = (runtime: Runtime) => boolean | Promise<boolean>;

const checks: readonly (readonly [name: string, passes: Check])[] = [
  ['AES-256-GCM gives the known answer', gcmKnownAnswer],
  ['AES-256-GCM refuses short tags', gcmRefusesShortTags],
  ['HKDF gives the known answer', hkdfKnownAnswer],
  ['HMAC gives the known answer', hmacKnownAnswer],
  ['Ed25519 gives the known answer', ed25519KnownAnswer],
  ['Argon2id gives the known answer', argon2KnownAnswer],
  ['ML-DSA-44 signs and verifies', mlDsaSigns],
  ['a block list stops a connection to an address', ({ connect: open }) => isBlocked(open, { host: '127.0.0.1' })],
  ['a block list stops a connection to a name', ({ connect: open }) => isBlocked(open, { host: 'a.test', lookup })],
];

// McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
const gcm = {
  key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
  nonce: 'cafebabefacedbaddecaf888',
  plain:
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  context: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
  sealed:
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
};

function gcmKnownAnswer({ crypto: node }: Runtime): boolean {
  const cipher = node.createCipheriv('aes-256-gcm', hex(gcm.key), hex(gcm.nonce), { authTagLength: 16 });
  cipher.setAAD(hex(gcm.context));
  const sealed = Buffer.concat([cipher.update(hex(gcm.plain)), cipher.final(), cipher.getAuthTag()]);
  return sealed.equals(hex(gcm.sealed));
}

function gcmRefusesShortTags({ crypto: node }: Runtime): boolean {
  const decipher = node.createDecipheriv('aes-256-gcm', hex(gcm.key), hex(gcm.nonce), { authTagLength: 16 });
  try {
    decipher.setAuthTag(hex(gcm.sealed).subarray(-16, -12));
    return false;
  } catch {
    return true;
  }
}

// RFC 5869 appendix A.1.
function hkdfKnownAnswer({ crypto: node }: Runtime): boolean {
  const made = node.hkdfSync(
    'sha256',
    hex('0b'.repeat(22)),
    hex('000102030405060708090a0b0c'),
    hex('f0f1f2f3f4f5f6f7f8f9'),
    42,
  );
  return Buffer.from(made).equals(
    hex('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'),
  );
}

// RFC 4231 §4.3.
function hmacKnownAnswer({ crypto: node }: Runtime): boolean {
  const made = node.createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex');
  return made === '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
}

// RFC 8032 §7.1, test 2. The prefix is PKCS #8 for an Ed25519 seed (RFC 8410 §7).
function ed25519KnownAnswer({ crypto: node }: Runtime): boolean {
  const seed = hex('302e020100300506032b6570042204204ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
  const key = node.createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' });
  const signature = node.sign(null, hex('72'), key);
  const known = hex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  const other = node.createPublicKey(key);
  return (
    signature.equals(known) && node.verify(null, hex('72'), other, known) && !node.verify(null, hex('73'), other, known)
  );
}

// RFC 9106 §5.3.
function argon2KnownAnswer({ crypto: node }: Runtime): boolean {
  const made = node.argon2Sync('argon2id', {
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    memory: 32,
    passes: 3,
    parallelism: 4,
    tagLength: 32,
  });
  return made.equals(hex('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659'));
}

// FIPS 204 signing is randomised, so there is no one answer to compare with.
function mlDsaSigns({ crypto: node }: Runtime): boolean {
  const { privateKey, publicKey } = node.generateKeyPairSync('ml-dsa-44');
  const signature = node.sign(null, hex('72'), privateKey);
  return node.verify(null, hex('72'), publicKey, signature) && !node.verify(null, hex('73'), publicKey, signature);
}

type Target = { readonly host: string; readonly lookup?: typeof lookup };

/** True when a connection to loopback fails because its address is on the list, and for no other reason. */
function isBlocked(open: typeof connect, target: Target): Promise<boolean> {
  const blockList = new BlockList();
  blockList.addSubnet('127.0.0.0', 8);
  return new Promise((resolve) => {
    // Port 9 discards; no packet leaves this machine even where the list is ignored.
    const socket = open({ ...target, port: 9, blockList, timeout: 1_000 });
    const finish = (blocked: boolean) => {
      socket.destroy();
      resolve(blocked);
    };
    socket.once('connect', () => finish(false));
    socket.once('timeout', () => finish(false));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code === 'ERR_IP_BLOCKED'));
  });
}

type Found = (error: null, address: string | { address: string; family: number }[], family: number) => void;

/** A name server that says loopback, as one would that wants to lead us inside. */
function lookup(_host: string, options: { readonly all?: boolean | undefined }, found: Found): void {
  found(null, options.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
