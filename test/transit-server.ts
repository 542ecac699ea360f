import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** What can be wrong with it. */
export type TransitMood = 'well' | 'sealed' | 'broken' | 'silent' | 'gone-wrong';

export type TransitServer = {
  readonly env: Record<string, string>;
  /** Requests that were answered, as `decrypt sotto`. */
  readonly asked: string[];
  mood: TransitMood;
  /** Awaited before a request is answered. */
  before: (asked: string) => Promise<void>;
  /** Tokens that it takes. */
  readonly tokens: Set<string>;
  /** Lowest version of a key that still opens, as its configuration says. */
  oldest: number;
  /** How many versions a key has. */
  versions(name: string): number;
  /** Stops listening, and begins again on the same port. */
  away(): Promise<void>;
  back(): Promise<void>;
};

const token = 'hvs.sotto-in-tests';

type Key = Buffer[];
type Answer = { readonly status: number; readonly json?: object; readonly text?: string };

/**
 * Stands in for the transit engine of OpenBao: keys of type aes256-gcm96 with versions, associated data, tokens by path,
 * namespaces, and its errors as documented and as its source gives them
 * (https://openbao.org/api-docs/secret/transit/, builtin/logical/transit/path_decrypt.go, read 2026-11-22).
 */
export async function transitServer(t: TestContext, namespace?: string): Promise<TransitServer> {
  const keys = new Map<string, Key>();
  const asked: string[] = [];
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    void answer(request, response);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const away = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  t.after(away);
  const state: TransitServer = {
    env: {
      SOTTO_KEY_PROVIDER: 'transit',
      SOTTO_TRANSIT_URL: `http://127.0.0.1:${port}`,
      SOTTO_TRANSIT_TOKEN: token,
      SOTTO_ALLOW_HOSTS: '127.0.0.1',
      ...(namespace && { SOTTO_TRANSIT_NAMESPACE: namespace }),
    },
    asked,
    mood: 'well',
    before: async () => {},
    tokens: new Set([token]),
    oldest: 1,
    versions: (name) => keys.get(name)?.length ?? 0,
    away,
    back: () => listen(port),
  };
  return state;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (state.mood === 'silent') return;
    await state.before(request.url ?? '');
    const { status, json, text } = answerTo(request, Buffer.concat(chunks).toString('utf8'));
    response.writeHead(status, { 'content-type': text === undefined ? 'application/json' : 'text/html' });
    response.end(text ?? (json && JSON.stringify(json)));
  }

  function answerTo(request: IncomingMessage, text: string): Answer {
    const unwell = moods[state.mood];
    if (unwell) return unwell;
    if (!isKnown(request)) return refused(403, 'permission denied');
    const path = /^\/v1\/transit\/(encrypt|decrypt|keys)\/([\w-]+)(\/rotate)?$/.exec(request.url ?? '');
    if (!path || request.method !== 'POST')
      return refused(404, `no handler for route "${request.url}". route entry not found.`);
    const [, what = '', name = '', part] = path;
    asked.push(`${what} ${name}`);
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
    if (what === 'encrypt') return encrypt(name, body);
    if (what === 'decrypt') return decrypt(name, body);
    return part ? rotate(name) : refused(405, 'unsupported operation');
  }

  function isKnown({ headers }: IncomingMessage): boolean {
    const given = headers['x-vault-token'];
    return headers['x-vault-namespace'] === namespace && typeof given === 'string' && state.tokens.has(given);
  }

  function encrypt(name: string, { plaintext, associated_data: data = '' }: Record<string, string>): Answer {
    if (plaintext === undefined) return refused(400, 'missing plaintext');
    // Whoever may create gets a key that is not there (api-docs, "Encrypt data").
    const versions = keys.get(name) ?? [randomBytes(32)];
    keys.set(name, versions);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', versions.at(-1)!, nonce, { authTagLength: 16 });
    cipher.setAAD(Buffer.from(data, 'base64'));
    const sealed = [nonce, cipher.update(Buffer.from(plaintext, 'base64')), cipher.final(), cipher.getAuthTag()];
    const ciphertext = `vault:v${versions.length}:${Buffer.concat(sealed).toString('base64')}`;
    return { status: 200, json: { data: { ciphertext, key_version: versions.length } } };
  }

  function decrypt(name: string, { ciphertext = '', associated_data: data = '' }: Record<string, string>): Answer {
    const versions = keys.get(name);
    if (ciphertext === '') return refused(400, 'missing ciphertext to decrypt');
    if (!versions) return refused(400, 'encryption key not found');
    const [, version, text = ''] = /^vault:v(\d+):(.*)$/.exec(ciphertext) ?? [];
    if (version === undefined) return refused(400, 'invalid ciphertext: no prefix');
    if (Number(version) < state.oldest)
      return refused(400, 'ciphertext or signature version is disallowed by policy (too old)');
    const key = versions[Number(version) - 1];
    if (!key) return refused(400, 'invalid ciphertext: version is too new');
    const sealed = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(data, 'base64'));
    decipher.setAuthTag(sealed.subarray(-16));
    try {
      const plain = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
      return { status: 200, json: { data: { plaintext: plain.toString('base64') } } };
    } catch {
      return refused(400, 'cipher: message authentication failed');
    }
  }

  function rotate(name: string): Answer {
    const versions = keys.get(name);
    if (!versions) return refused(400, 'key not found');
    versions.push(randomBytes(32));
    return { status: 204 };
  }
}

/** Errors are a list of sentences, whatever the status (api-docs, "Error response"). */
function refused(status: number, ...errors: string[]): Answer {
  return { status, json: { errors } };
}

const moods: { readonly [M in TransitMood]?: Answer } = {
  'sealed': refused(503, 'Vault is sealed'),
  'broken': refused(500, '1 error occurred:\n\t* internal error\n\n'),
  'gone-wrong': { status: 200, text: '<html>a proxy says hello</html>' },
};
