import { createTransport } from 'nodemailer';
import {
  operatorsBaa,
  outside,
  Outside,
  Problem,
  type Config,
  type OutsideKind,
  type Processor,
  type VendorProcessor,
} from '#base';
import { domainOf, isOneAddress, senderIn } from '../addresses.ts';
import type { Mail, MailReach, MailVendor } from '../mail-vendor.ts';

const processor: VendorProcessor = {
  name: 'SMTP',
  purpose: 'Delivers mails to people who use the product: sign-in links, invitations, notices',
  data: ['mail addresses of people who use the product', 'what the mails say, sign-in links among it'],
  region: 'where the operator has it (SOTTO_SMTP_URL)',
  hosts: [],
  es: {
    purpose: 'Entrega correos a quienes usan el producto: enlaces de entrada, invitaciones, avisos',
    data: [
      'direcciones de correo de quienes usan el producto',
      'lo que dicen los correos, enlaces de entrada entre ello',
    ],
    region: 'donde lo tenga el operador (SOTTO_SMTP_URL)',
  },
  pt: {
    purpose: 'Entrega e-mails a quem usa o produto: links de acesso, convites, avisos',
    data: ['endereços de e-mail de quem usa o produto', 'o que dizem os e-mails, inclusive links de acesso'],
    region: 'onde o operador o tiver (SOTTO_SMTP_URL)',
  },
  hi: {
    purpose: 'उत्पाद का उपयोग करने वालों को ईमेल पहुँचाता है: प्रवेश लिंक, निमंत्रण, सूचनाएँ',
    data: ['उत्पाद का उपयोग करने वालों के ईमेल पते', 'ईमेल की सामग्री, जिसमें प्रवेश लिंक भी हैं'],
    region: 'जहाँ संचालक ने रखा हो (SOTTO_SMTP_URL)',
  },
  website: null,
  security: null,
  baa: operatorsBaa,
  certifications: [],
  keeps: [
    {
      what: 'mails',
      say: {
        en: 'What the mail server of the operator keeps of a mail that it has passed on, its logs among it',
        es: 'Lo que el servidor de correo del operador conserva de un correo que ha entregado, sus registros entre ello',
        pt: 'O que o servidor de e-mail do operador conserva de um e-mail que entregou, inclusive seus registros',
        hi: 'संचालक का मेल सर्वर आगे भेजे गए ईमेल का जो रखता है, उसके लॉग सहित',
      },
      days: null,
      from: 'made',
      deletable: false,
      source: 'the operator of SOTTO_SMTP_URL',
      verified: false,
    },
  ],
};

/** A whole mail: a server that keeps us waiting drop by drop is given up. */
const withinMs = 60_000;

/** Any mail server: STARTTLS or TLS from the start, the certificate checked; plain on this machine alone. */
export default {
  processor,
  processorFor,
  open(reach) {
    const transport = transportOf(reach);
    return {
      keepMs: 0,
      async send(mail) {
        if (!isOneAddress(mail.to.reveal())) throw outside('smtp', 'refused');
        const late = new AbortController();
        const stop = reach.clock.after(withinMs, () => late.abort());
        const sending = told(() => transport.sendMail({ ...message(mail), signal: late.signal }));
        const { messageId } = await sending.finally(stop);
        return { id: messageId };
      },
      async check() {
        try {
          await told(() => transport.verify());
          return [];
        } catch (error) {
          return [advice(error)];
        }
      },
    };
  },
} satisfies MailVendor;

function processorFor({ smtpUrl }: Config): Processor {
  return { ...processor, hosts: smtpUrl === undefined ? [] : [new URL(smtpUrl).host] };
}

/** A connection a mail: mails are rare, and a connection that idles is one more thing that can be stale. */
function transportOf({ config, dial }: MailReach) {
  const url = new URL(config.smtpUrl ?? 'smtp://unset.invalid:587');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isHere = /^(?:localhost|127\.[\d.]+|::1)$/.test(host);
  const to = processorFor(config);
  return createTransport({
    host,
    port: Number(url.port),
    secure: url.protocol === 'smtps:',
    // Nothing between us and this machine's own relay could listen, and its certificate names no host.
    ...(isHere ? { ignoreTLS: true } : { requireTLS: true }),
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true },
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      forceAuth: true,
    }),
    // What we call ourselves: by default it would be the name of the machine.
    name: domainOf(senderIn(config.mailFrom ?? '').address),
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket(_options, done) {
      dial(to, `${url.protocol}//${url.host}`).then(
        (connection) => done(null, { connection }),
        (error: Error) => done(error),
      );
    },
  });
}

function message({ id, at, from, to, subject, text, html }: Mail) {
  const sender = senderIn(from);
  return {
    from: sender,
    // The address as an address, never as text that is parsed again.
    to: { name: '', address: to.reveal() },
    subject,
    text,
    html,
    date: new Date(at),
    messageId: `<${id}@${domainOf(sender.address)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Outside || error instanceof Problem) throw error;
    throw outside('smtp', kindOf(error), { cause: causeOf(error) });
  }
}

/** What nodemailer says of a failure: its own code, and the server's reply where there was one. */
function causeOf(error: unknown): { readonly code: string; readonly reply: number } {
  const { code = '', responseCode = 0 } = error as { code?: string; responseCode?: number };
  return { code, reply: responseCode };
}

/** RFC 5321 §4.2.1: 4yz may be tried again, 5yz not. Signing in (RFC 4954 §6) and TLS are the operator's to mend. */
function kindOf(error: unknown): OutsideKind {
  const { code, reply } = causeOf(error);
  const isOurs = ['EAUTH', 'ETLS', 'ENOAUTH'].includes(code) || [530, 534, 535, 538].includes(reply);
  if (isOurs) return 'unreachable';
  if (reply >= 400 && reply < 500) return 'busy';
  if (reply >= 500 || code === 'EENVELOPE') return 'refused';
  return 'unreachable';
}

function advice(error: unknown): string {
  if (error instanceof Problem) return error.message;
  const { code, reply } = error instanceof Outside ? causeOf(error.cause) : causeOf(error);
  if (code === 'EAUTH') return `the mail server does not accept user and password of SOTTO_SMTP_URL (reply ${reply})`;
  if (code === 'ETLS') return 'the mail server offers no TLS that we accept, or its certificate does not fit its name';
  return `the mail server of SOTTO_SMTP_URL cannot be used now (${code || 'no connection'}${reply > 0 ? `, reply ${reply}` : ''})`;
}
