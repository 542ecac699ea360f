import {
  outside,
  type Config,
  type HttpResponse,
  type Outside,
  type OutsideKind,
  type Processor,
  type VendorProcessor,
} from '#base';
import { domainOf, isOneAddress, senderIn } from '../addresses.ts';
import type { Mail, MailReach, MailVendor } from '../mail-vendor.ts';

const processor: VendorProcessor = {
  name: 'Postmark',
  purpose: 'Delivers mails to people who use the product: sign-in links, invitations, notices',
  data: ['mail addresses of people who use the product', 'what the mails say, sign-in links among it'],
  region: 'United States',
  hosts: ['api.postmarkapp.com'],
  es: {
    purpose: 'Entrega correos a quienes usan el producto: enlaces de entrada, invitaciones, avisos',
    data: [
      'direcciones de correo de quienes usan el producto',
      'lo que dicen los correos, enlaces de entrada entre ello',
    ],
    region: 'Estados Unidos',
  },
  pt: {
    purpose: 'Entrega e-mails a quem usa o produto: links de acesso, convites, avisos',
    data: ['endereços de e-mail de quem usa o produto', 'o que dizem os e-mails, inclusive links de acesso'],
    region: 'Estados Unidos',
  },
  hi: {
    purpose: 'उत्पाद का उपयोग करने वालों को ईमेल पहुँचाता है: प्रवेश लिंक, निमंत्रण, सूचनाएँ',
    data: ['उत्पाद का उपयोग करने वालों के ईमेल पते', 'ईमेल की सामग्री, जिसमें प्रवेश लिंक भी हैं'],
    region: 'संयुक्त राज्य अमेरिका',
  },
  website: 'https://postmarkapp.com',
  security: 'https://postmarkapp.com/eu-privacy',
  baa: {
    offered: 'unknown',
    when: {
      en: 'No page of Postmark that says so was found; ask it before mails could carry health data',
      es: 'No se encontró ninguna página de Postmark que lo diga; pregúntele antes de que un correo pueda llevar datos de salud',
      pt: 'Não foi encontrada página da Postmark que diga isso; pergunte antes que um e-mail possa levar dados de saúde',
      hi: 'Postmark का ऐसा कोई पृष्ठ नहीं मिला जो यह बताए; ईमेल में स्वास्थ्य डेटा आने से पहले उनसे पूछें',
    },
    source: 'https://postmarkapp.com/support',
    verified: false,
  },
  // "Even though Postmark itself has not undergone a SOC audit, our data center has": the data centre's is not Postmark's.
  certifications: [
    {
      name: 'SOC 2 Type 2 of its data centre; Postmark itself had no SOC audit',
      by: 'Postmark',
      source: 'http://support.postmarkapp.com/article/917-is-postmark-secure-and-redundant',
      verified: true,
    },
  ],
  keeps: [
    {
      what: 'mails',
      say: {
        en: 'What mails say, to whom and when: 45 days, or what the operator has set there (7 to 365); there is no way to delete one sooner',
        es: 'Lo que dicen los correos, a quién y cuándo: 45 días, o lo que el operador haya fijado allí (de 7 a 365); no hay forma de borrar uno antes',
        pt: 'O que dizem os e-mails, para quem e quando: 45 dias, ou o que o operador tiver definido lá (de 7 a 365); não há como apagar um antes',
        hi: 'ईमेल में क्या लिखा है, किसे और कब: 45 दिन, या जितना संचालक ने वहाँ तय किया हो (7 से 365); पहले मिटाने का कोई तरीका नहीं',
      },
      days: 45,
      from: 'made',
      deletable: false,
      source:
        'https://postmarkapp.com/support/article/838-how-long-are-inbound-and-outbound-messages-stored-in-activity',
      verified: true,
    },
    {
      what: 'suppressions',
      say: {
        en: 'Addresses that refused mail or complained, until the operator takes them off there',
        es: 'Direcciones que rechazaron correo o se quejaron, hasta que el operador las quite allí',
        pt: 'Endereços que recusaram e-mails ou reclamaram, até o operador retirá-los lá',
        hi: 'जिन पतों ने ईमेल अस्वीकार किया या शिकायत की, जब तक संचालक उन्हें वहाँ से न हटाए',
      },
      days: null,
      from: 'made',
      deletable: false,
      source: 'https://postmarkapp.com/support/article/1289-how-does-the-retention-add-on-work',
      verified: true,
    },
  ],
};

/** Postmark's HTTP API: https://postmarkapp.com/developer/api/email-api, error codes in …/api/overview. */
export default {
  processor,
  processorFor,
  open: (reach) => ({
    keepMs: 0,
    send: (mail) => send(reach, mail),
    check: () => check(reach),
  }),
} satisfies MailVendor;

function processorFor({ postmarkBaseUrl }: Config): Processor {
  return { ...processor, hosts: [new URL(postmarkBaseUrl).host] };
}

async function send({ config, http }: MailReach, mail: Mail): Promise<{ id: string | undefined }> {
  if (!isOneAddress(mail.to.reveal())) throw outside('postmark', 'refused');
  const answer = await http(processorFor(config), {
    method: 'POST',
    url: `${config.postmarkBaseUrl}/email`,
    headers: { ...headersFor(config), 'content-type': 'application/json' },
    body: JSON.stringify(bodyOf(mail, config.postmarkStream)),
    withinMs: 30_000,
  });
  const { ErrorCode: code, MessageID: id } = read(answer);
  if (answer.status === 200 && code === 0) return { id: typeof id === 'string' ? id : undefined };
  throw failure(answer.status, code);
}

function headersFor({ postmarkToken }: Config): Readonly<Record<string, string>> {
  return { 'accept': 'application/json', 'x-postmark-server-token': postmarkToken ?? '' };
}

function bodyOf({ id, from, to, subject, text, html }: Mail, stream: string) {
  const { name, address } = senderIn(from);
  return {
    From: name === '' ? address : `"${name}" <${address}>`,
    To: to.reveal(),
    Subject: subject,
    TextBody: text,
    HtmlBody: html,
    MessageStream: stream,
    TrackOpens: false,
    TrackLinks: 'None',
    Headers: [
      { Name: 'Message-ID', Value: `<${id}@${domainOf(address)}>` },
      // Without it Postmark replaces the Message-ID by one of its own.
      { Name: 'X-PM-KeepID', Value: 'true' },
      { Name: 'Auto-Submitted', Value: 'auto-generated' },
    ],
  };
}

type Answer = {
  readonly ErrorCode?: unknown;
  readonly MessageID?: unknown;
  readonly TrackOpens?: unknown;
};

/** Something else may answer in Postmark's place: its own edge says 403 in HTML. */
function read({ body }: HttpResponse): Answer {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/**
 * Codes under which the same mail will never be taken: 300 (invalid address), 406 (recipient inactive: bounced or
 * complained before). Token, sender signature, credit and approval (10, 400, 401, 405, 412, 413) are the operator's to
 * mend while the mail waits.
 */
const hopeless: readonly unknown[] = [300, 406];

function failure(status: number, code: unknown): Outside {
  const cause = { status, code: typeof code === 'number' ? code : undefined };
  return outside('postmark', kindOf(status, code), { cause });
}

function kindOf(status: number, code: unknown): OutsideKind {
  if (hopeless.includes(code)) return 'refused';
  return status === 429 || status >= 500 ? 'busy' : 'unreachable';
}

/** The server's own settings: its open tracking overrides what a mail says (Postmark, "Tracking opens per email"). */
async function check({ config, http }: MailReach): Promise<readonly string[]> {
  const to = processorFor(config);
  const request = { method: 'GET', url: `${config.postmarkBaseUrl}/server`, headers: headersFor(config) } as const;
  const answer = await http(to, request).catch(() => undefined);
  if (!answer) return ['Postmark cannot be reached now'];
  if (answer.status === 401) return ['Postmark does not accept SOTTO_POSTMARK_TOKEN'];
  if (answer.status !== 200) return [`Postmark answers ${answer.status} now`];
  const isTracking = read(answer).TrackOpens === true;
  return isTracking ? ['open tracking is on at your Postmark server and overrides Sotto: switch it off there'] : [];
}
