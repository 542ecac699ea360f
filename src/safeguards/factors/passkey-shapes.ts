import { Type, type Static } from 'typebox';

/** Base64url, as browsers write binary values in JSON (WebAuthn §5.1.8). */
const bytes = (most: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: most });

const common = {
  id: bytes(1_400),
  rawId: bytes(1_400),
  type: Type.Literal('public-key'),
  authenticatorAttachment: Type.Optional(Type.Union([Type.String({ maxLength: 32 }), Type.Null()])),
  clientExtensionResults: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()),
};

/** `PublicKeyCredential.toJSON()` of a new passkey. What is of no use to us is taken and left unread. */
export const registration = Type.Object({
  ...common,
  response: Type.Object({
    clientDataJSON: bytes(4_096),
    attestationObject: bytes(16_384),
    transports: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z-]{1,32}$' }), { maxItems: 8 })),
    authenticatorData: Type.Optional(bytes(16_384)),
    publicKey: Type.Optional(Type.Union([bytes(8_192), Type.Null()])),
    publicKeyAlgorithm: Type.Optional(Type.Integer()),
  }),
});

export type Registration = Static<typeof registration>;

/** `PublicKeyCredential.toJSON()` of a passkey that was shown. */
export const assertion = Type.Object({
  ...common,
  response: Type.Object({
    clientDataJSON: bytes(4_096),
    authenticatorData: bytes(8_192),
    signature: bytes(8_192),
    userHandle: Type.Optional(Type.Union([bytes(128), Type.Null()])),
    attestationObject: Type.Optional(Type.Null()),
  }),
});

export type Assertion = Static<typeof assertion>;

const descriptor = Type.Object({
  id: Type.String(),
  type: Type.Literal('public-key'),
  transports: Type.Array(Type.String()),
});

/** For `PublicKeyCredential.parseCreationOptionsFromJSON`. */
export const creationOptions = Type.Object({
  rp: Type.Object({ id: Type.String(), name: Type.String() }),
  user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
  challenge: Type.String(),
  pubKeyCredParams: Type.Array(Type.Object({ type: Type.Literal('public-key'), alg: Type.Integer() })),
  timeout: Type.Integer(),
  excludeCredentials: Type.Array(descriptor),
  authenticatorSelection: Type.Object({
    residentKey: Type.Literal('required'),
    requireResidentKey: Type.Literal(true),
    userVerification: Type.Literal('required'),
  }),
  attestation: Type.Literal('none'),
});

/** For `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export const requestOptions = Type.Object({
  rpId: Type.String(),
  challenge: Type.String(),
  timeout: Type.Integer(),
  userVerification: Type.Literal('required'),
  allowCredentials: Type.Array(descriptor),
});

export type CreationOptions = Static<typeof creationOptions>;
export type RequestOptions = Static<typeof requestOptions>;
