import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What a browser on a page tells an authenticator, and what a test can get wrong on purpose. */
export type Page = {
  readonly origin: string;
  /** The host name it asks for; a browser refuses any that is not its own, an attacker's does not. */
  readonly rpId?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  /** The client data's type, when it is not the right one. */
  readonly type?: string;
  /** Whether the person was verified by fingerprint, face or PIN. */
  readonly isVerified?: boolean;
  readonly isPresent?: boolean;
  /** Leaves the person out of the answer, as keys do that keep no list of whose they are. */
  readonly isAnonymous?: boolean;
};

type Algorithm = 'ES256' | 'EdDSA' | 'RS256';
type Make = { readonly algorithm?: Algorithm; readonly counts?: boolean; readonly isSynced?: boolean };
type Credential = { readonly id: Buffer; readonly key: KeyObject; readonly rpId: string; readonly user: string };

type Creation = {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
};
type Request = {
  readonly challenge: string;
  readonly rpId: string;
  readonly allowCredentials: readonly { readonly id: string }[];
};

export type Authenticator = ReturnType<typeof softwareAuthenticator>;

/**
 * An authenticator in software, and the browser round it: makes passkeys and shows them by the ceremonies of WebAuthn
 * (§7.1, §7.2) with real keys, CBOR and COSE. `counts` false never counts its uses, as synced passkeys do.
 */
export function softwareAuthenticator({ algorithm = 'ES256', counts = true, isSynced = false }: Make = {}) {
  const kept: Credential[] = [];
  const state = { counter: 0 };

  const authenticatorData = (rpId: string, page: Page, attested: Buffer) => {
    if (counts) state.counter += 1;
    const { isPresent = true, isVerified = true } = page;
    const flags =
      (isPresent ? 0x01 : 0) | (isVerified ? 0x04 : 0) | (isSynced ? 0x18 : 0) | (attested.length > 0 ? 0x40 : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(state.counter);
    return Buffer.concat([sha256(page.rpId ?? rpId), Buffer.of(flags), counter, attested]);
  };

  return {
    /** `navigator.credentials.create`, as JSON. */
    create(options: Creation, page: Page) {
      const { privateKey, publicKey } = keysOf(algorithm);
      const id = randomBytes(32);
      kept.push({ id, key: privateKey, rpId: options.rp.id, user: options.user.id });
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, cose(algorithm, publicKey)]);
      const data = authenticatorData(options.rp.id, page, attested);
      const attestation = cborMap([
        [cborText('fmt'), cborText('none')],
        [cborText('attStmt'), cborMap([])],
        [cborText('authData'), cborBytes(data)],
      ]);
      return {
        ...named(id),
        authenticatorAttachment: 'platform',
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, page),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
          authenticatorData: data.toString('base64url'),
          publicKeyAlgorithm: { ES256: -7, EdDSA: -8, RS256: -257 }[algorithm],
        },
      };
    },
    /** `navigator.credentials.get`, as JSON: with the passkey that the page may see and the authenticator has. */
    get(options: Request, page: Page) {
      const allowed = options.allowCredentials.map(({ id }) => id);
      const found = kept.find(
        ({ id, rpId }) => rpId === options.rpId && (allowed.length === 0 || allowed.includes(id.toString('base64url'))),
      );
      if (!found) throw new Error('NotAllowedError: no passkey here for that page');
      const clientDataJSON = clientData('webauthn.get', options.challenge, page);
      const data = authenticatorData(found.rpId, page, Buffer.alloc(0));
      const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
      return {
        ...named(found.id),
        authenticatorAttachment: 'platform',
        response: {
          clientDataJSON,
          authenticatorData: data.toString('base64url'),
          signature: sign(algorithm === 'EdDSA' ? null : 'sha256', signed, found.key).toString('base64url'),
          userHandle: page.isAnonymous ? null : found.user,
        },
      };
    },
    /** Somebody has copied it: the copy has the same keys and goes on counting from here by itself. */
    copy() {
      const other = softwareAuthenticator({ algorithm, counts, isSynced });
      other.restore(kept, state.counter);
      return other;
    },
    restore(credentials: readonly Credential[], counter: number) {
      kept.push(...credentials);
      state.counter = counter;
    },
  };
}

function named(id: Buffer) {
  const text = id.toString('base64url');
  return { id: text, rawId: text, type: 'public-key' as const, clientExtensionResults: {} };
}

function clientData(type: string, challenge: string, page: Page): string {
  const { origin, crossOrigin = false, topOrigin, type: other } = page;
  const told = { type: other ?? type, challenge, origin, crossOrigin, ...(topOrigin !== undefined && { topOrigin }) };
  return Buffer.from(JSON.stringify(told)).toString('base64url');
}

function keysOf(algorithm: Algorithm) {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519');
  if (algorithm === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** A public key as RFC 9053 §7 writes it. */
function cose(algorithm: Algorithm, key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' });
  const part = (value: string | undefined) => cborBytes(Buffer.from(value ?? '', 'base64url'));
  if (algorithm === 'RS256') {
    return cborMap([
      [cborInt(1), cborInt(3)],
      [cborInt(3), cborInt(-257)],
      [cborInt(-1), part(jwk.n)],
      [cborInt(-2), part(jwk.e)],
    ]);
  }
  const isEd = algorithm === 'EdDSA';
  return cborMap([
    [cborInt(1), cborInt(isEd ? 1 : 2)],
    [cborInt(3), cborInt(isEd ? -8 : -7)],
    [cborInt(-1), cborInt(isEd ? 6 : 1)],
    [cborInt(-2), part(jwk.x)],
    ...(isEd ? [] : ([[cborInt(-3), part(jwk.y)]] as const)),
  ]);
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}

/** CBOR (RFC 8949 §3): a major type and a length or value. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.of((major << 5) | value);
  if (value < 256) return Buffer.of((major << 5) | 24, value);
  return Buffer.of((major << 5) | 25, value >> 8, value & 0xff);
}

function cborInt(value: number): Buffer {
  return value < 0 ? head(1, -1 - value) : head(0, value);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([head(2, bytes.length), bytes]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([head(3, Buffer.byteLength(text)), Buffer.from(text)]);
}

function cborMap(pairs: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([head(5, pairs.length), ...pairs.flat()]);
}
