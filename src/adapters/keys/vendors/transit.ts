import { readFile } from 'node:fs/promises';
import {
  isProblem,
  operatorsBaa,
  Outside,
  problem,
  type Config,
  type Http,
  type HttpResponse,
  type Processor,
  type VendorProcessor,
} from '#base';
import type { KeyProvider, RootKey } from '../key-provider.ts';

const processor: VendorProcessor = {
  name: 'Transit',
  purpose: 'Wraps the keys of organisations; the root key never leaves it',
  data: ['keys of organisations and of the installation, to wrap and unwrap', 'random ids of organisations'],
  region: 'where the operator has it (SOTTO_TRANSIT_URL)',
  hosts: [],
  es: {
    purpose: 'Envuelve las claves de las organizaciones; la clave raíz nunca sale de allí',
    data: [
      'claves de organizaciones y de la instalación, para envolverlas y desenvolverlas',
      'ids aleatorios de organizaciones',
    ],
    region: 'donde lo tenga el operador (SOTTO_TRANSIT_URL)',
  },
  pt: {
    purpose: 'Embrulha as chaves das organizações; a chave raiz nunca sai de lá',
    data: ['chaves de organizações e da instalação, para embrulhar e desembrulhar', 'ids aleatórios de organizações'],
    region: 'onde o operador o tiver (SOTTO_TRANSIT_URL)',
  },
  hi: {
    purpose: 'संगठनों की कुंजियों को लपेटता है; मूल कुंजी वहाँ से कभी बाहर नहीं आती',
    data: ['संगठनों और इंस्टॉलेशन की कुंजियाँ, लपेटने और खोलने के लिए', 'संगठनों की यादृच्छिक पहचान-संख्याएँ'],
    region: 'जहाँ संचालक ने रखा हो (SOTTO_TRANSIT_URL)',
  },
  website: null,
  security: null,
  baa: operatorsBaa,
  certifications: [],
  keeps: [],
};

/** A call may wait for an answer. */
const withinMs = 3_000;

/**
 * The transit engine of HashiCorp Vault or OpenBao: the root is a key there that is never shown, and several machines can
 * share it. `wrap` and `unwrap` are its encrypt and decrypt, `context` its associated data
 * (https://openbao.org/api-docs/secret/transit/, /docs/concepts: read 2026-11-22). Its own `rewrap` takes no associated
 * data (hashicorp/vault#29532), so to rotate is to unwrap and to wrap. A service that is away or sealed throws
 * `keystore-unavailable`; one that refuses throws `root-key-unreadable` with what to mend.
 */
export default {
  processor,
  processorFor,
  isSetUp: ({ transitUrl, transitToken, transitTokenFile }) =>
    transitUrl !== undefined && (transitToken ?? transitTokenFile) !== undefined,
  open: async (config, { http }) => rootAt(config, http),
  async next(config, { create, http }) {
    const root = rootAt(config, http);
    if (create) await ask({ config, http }, `keys/${config.transitKey}/rotate`);
    return [{ root, settle: async () => {} }];
  },
} satisfies KeyProvider;

function processorFor({ transitUrl }: Config): Processor {
  return { ...processor, hosts: transitUrl === undefined ? [] : [new URL(transitUrl).host] };
}

function rootAt(config: Config, http: Http): RootKey {
  return {
    isFar: true,
    outlivesRotation: true,
    async wrap(plain, context) {
      const data = await ask({ config, http }, `encrypt/${config.transitKey}`, {
        plaintext: plain.toString('base64'),
        associated_data: Buffer.from(context).toString('base64'),
      });
      if (!/^vault:v\d+:/.test(data['ciphertext'] ?? '')) throw away('it answered something else than a ciphertext');
      return Buffer.from(data['ciphertext'] ?? '', 'latin1');
    },
    async unwrap(wrapped, context) {
      const ciphertext = wrapped.toString('latin1');
      // What another provider wrapped is bytes; nobody has to be asked.
      if (!/^vault:v\d+:[\w+/=]+$/.test(ciphertext)) throw otherRoot();
      const data = await ask({ config, http }, `decrypt/${config.transitKey}`, {
        ciphertext,
        associated_data: Buffer.from(context).toString('base64'),
      });
      if (data['plaintext'] === undefined) throw away('it answered without a plaintext');
      return Buffer.from(data['plaintext'], 'base64');
    },
  };
}

type Reach = { readonly config: Config; readonly http: Http };
type Body = Readonly<Record<string, string>>;

/** One request; the answer's `data`. */
async function ask({ config, http }: Reach, path: string, body: Body = {}): Promise<Body> {
  const headers = {
    'content-type': 'application/json',
    'x-vault-request': 'true',
    'x-vault-token': await tokenOf(config),
    ...(config.transitNamespace === undefined ? {} : { 'x-vault-namespace': config.transitNamespace }),
  };
  const url = `${config.transitUrl ?? ''}/v1/${config.transitMount}/${path}`;
  const request = { method: 'POST', url, headers, body: JSON.stringify(body), withinMs } as const;
  const answer = await http(processorFor(config), request).catch(asAway);
  if (answer.status === 204) return {};
  if (answer.status !== 200) throw refusal(config, answer);
  return dataOf(answer);
}

/** Read every time: an agent that renews the token puts the new one there. */
async function tokenOf({ transitToken, transitTokenFile }: Config): Promise<string> {
  if (transitToken !== undefined) return transitToken;
  const text = await readFile(transitTokenFile ?? '', 'utf8').catch((error: unknown) => {
    throw unreadable('SOTTO_TRANSIT_TOKEN_FILE cannot be read. Check the path and its permissions.', error);
  });
  if (!/^[\x21-\x7e]+\s*$/.test(text)) throw unreadable('SOTTO_TRANSIT_TOKEN_FILE must hold a token and nothing else.');
  return text.trim();
}

function dataOf({ body }: HttpResponse): Body {
  try {
    const { data } = JSON.parse(body.toString('utf8')) as { readonly data?: Body };
    return data ?? {};
  } catch {
    throw away('it answered no JSON');
  }
}

/**
 * What a refusal means. Errors are a list of sentences (api-docs, "Error response"); a wrong context is answered 400 or,
 * by some versions, 500 (hashicorp/vault#10842).
 */
function refusal(config: Config, { status, body }: HttpResponse) {
  const text = body.toString('utf8').slice(0, 2_000);
  const key = `${config.transitMount}/keys/${config.transitKey}`;
  if (/message authentication failed|invalid ciphertext/i.test(text)) return otherRoot();
  if (/too old/i.test(text)) {
    return unreadable(`${key} does not open what an older version of it wrapped. Lower its min_decryption_version.`);
  }
  if (status === 400) return unreadable(`The key service refuses ${key}. It has to be there, of type aes256-gcm96.`);
  if (status === 401 || status === 403) {
    return unreadable(
      `The key service does not take the token for ${key}. It needs update on ${config.transitMount}/encrypt/${config.transitKey} and /decrypt/${config.transitKey}.`,
    );
  }
  if (status === 404)
    return unreadable(`There is no transit engine at ${config.transitMount}. See SOTTO_TRANSIT_MOUNT.`);
  return away(status === 503 ? 'it is sealed or being mended' : `it answered ${status}`);
}

function asAway(error: unknown): never {
  if (error instanceof Outside) throw away('it cannot be reached', error);
  if (isProblem(error)) throw unreadable(`SOTTO_TRANSIT_URL may not be dialled: ${error.message}`, error);
  throw error;
}

function away(why: string, cause?: unknown) {
  return problem('keystore-unavailable', `The key service at SOTTO_TRANSIT_URL is away: ${why}. Try again.`, { cause });
}

function unreadable(detail: string, cause?: unknown) {
  return problem('root-key-unreadable', detail, { cause });
}

function otherRoot() {
  return problem(
    'root-key-wrong',
    'The key in the key service does not open this. SOTTO_TRANSIT_KEY names another key.',
  );
}
