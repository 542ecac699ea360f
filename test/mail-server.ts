import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, LookupFunction, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { selfSigned } from './self-signed.ts';

/** A mail as the server was handed it. */
export type Received = {
  readonly from: string;
  readonly to: readonly string[];
  readonly isSecure: boolean;
  readonly user: string | undefined;
  readonly raw: Buffer;
};

/**
 * What becomes of a mail: taken, refused with this reply, or the server is gone before or after it has the whole, or has
 * it and never says so.
 */
export type Fate = 'take' | 'gone-amid' | 'gone-after' | 'held' | { readonly reply: number };

type MailServerOptions = {
  /** Name in its certificate; the one that `env` dials unless told otherwise. */
  readonly certifiedFor?: string;
  readonly isTrusted?: boolean;
  /** TLS from the first byte. */
  readonly isSecure?: boolean;
  readonly hasStarttls?: boolean;
  readonly login?: { readonly user: string; readonly password: string };
  /** Asked at each mail, with how many came before. */
  readonly fate?: (before: number) => Fate;
  /** Reply to every recipient instead of 250. */
  readonly recipientReply?: number;
};

export type MailServer = {
  /** No two servers have the same name, so that no certificate is taken for another's. */
  readonly host: string;
  readonly port: number;
  /** Everything that was taken, and what was had whole before the server was gone. */
  readonly received: readonly Received[];
  /** Every try to sign in. */
  readonly logins: readonly string[];
  /** Every command line that came outside of TLS. */
  readonly plainCommands: readonly string[];
  /** Resolves with the first mail that the server has whole. */
  readonly first: Promise<Received>;
  /** Settings that send mail here. */
  env(login?: string): Record<string, string>;
};

/** Every name leads to this machine. */
export const here: LookupFunction = (_name, options, done) => {
  if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};

/** A mail server that speaks the real protocol. It ends with the test. */
export async function mailServer(t: TestContext, options: MailServerOptions = {}): Promise<MailServer> {
  const host = `smtp-${randomBytes(4).toString('hex')}.sotto.test`;
  const { certifiedFor = host, isTrusted = true, isSecure = false, hasStarttls = true } = options;
  const certificate = selfSigned(certifiedFor);
  if (isTrusted) trust(t, certificate.cert);
  const received: Received[] = [];
  const { promise: first, resolve: arrived } = Promise.withResolvers<Received>();
  const logins: string[] = [];
  const plainCommands: string[] = [];
  const sockets = new Set<Socket>();
  const goAway = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = new SMTPServer({
    ...certificate,
    secure: isSecure,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 10,
    authOptional: options.login === undefined,
    disabledCommands: hasStarttls ? [] : ['STARTTLS'],
    ...handlers(options, { received, logins, goAway, arrived }),
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      const isText = /^[A-Z]{4}/.test(bytes.toString('latin1'));
      if (!isSecure && isText) plainCommands.push(bytes.toString('latin1').trim());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const env = (login = '') => ({
    SOTTO_MAIL: 'smtp',
    SOTTO_MAIL_FROM: 'Sotto <sotto@sotto.test>',
    SOTTO_SMTP_URL: `${isSecure ? 'smtps' : 'smtp'}://${login}${host}:${port}`,
  });
  return { host, port, received, first, logins, plainCommands, env };
}

type Books = {
  readonly received: Received[];
  readonly logins: string[];
  readonly goAway: () => void;
  readonly arrived: (mail: Received) => void;
};

function handlers(
  { login, fate = () => 'take', recipientReply }: MailServerOptions,
  { received, logins, goAway, arrived }: Books,
): SMTPServerOptions {
  let mails = 0;
  return {
    onAuth({ username = '', password }, _session, done) {
      logins.push(username);
      if (username === login?.user && password === login.password) done(null, { user: username });
      else done(refusal(535));
    },
    onRcptTo(_address, _session, done) {
      done(recipientReply === undefined ? null : refusal(recipientReply));
    },
    onData(stream, session, done) {
      const decided = fate(mails++);
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => (decided === 'gone-amid' ? goAway() : parts.push(part)));
      stream.on('end', () => {
        if (typeof decided === 'object') return done(refusal(decided.reply));
        const { mailFrom, rcptTo } = session.envelope;
        const mail: Received = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          isSecure: session.secure,
          user: typeof session.user === 'string' ? session.user : undefined,
          raw: Buffer.concat(parts),
        };
        received.push(mail);
        arrived(mail);
        if (decided === 'gone-after') goAway();
        else if (decided === 'take') done(null);
      });
    },
  };
}

function refusal(responseCode: number): Error {
  return Object.assign(new Error('not now'), { responseCode });
}

/** Servers come and go in any order, so each takes back its own certificate and no other's. */
function trust(t: TestContext, certificate: string): void {
  setDefaultCACertificates([...getCACertificates(), certificate]);
  t.after(() => setDefaultCACertificates(getCACertificates().filter((one) => one.trim() !== certificate.trim())));
}
