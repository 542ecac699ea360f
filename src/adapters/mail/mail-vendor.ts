import type { Clock, Config, Dial, Http, Id, Personal, Processor, VendorProcessor } from '#base';

/** One mail to one address. */
export type Mail = {
  /** The same for every attempt: the Message-ID is made of it, so that a mail that arrives twice can be seen as one. */
  readonly id: Id;
  /** When it was written, in milliseconds. */
  readonly at: number;
  /** As in SOTTO_MAIL_FROM. */
  readonly from: string;
  readonly to: Personal;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/**
 * What carries mail away. `send` resolves once somebody else is answerable for the mail; it may have gone as well when
 * `send` fails. Failures are `Outside`: `refused` when this very mail will never be taken; `busy` and `unreachable` are
 * worth another try, wrong passwords and certificates among them, since they can be mended while the mail waits.
 */
export type Mailer = {
  /** File name of the vendor. */
  readonly vendor: string;
  /** How long the mail stays readable here, in milliseconds: 0 where it leaves. */
  readonly keepMs: number;
  /** `id` is the provider's own name for the mail, where it has one. */
  send(mail: Mail): Promise<{ readonly id: string | undefined }>;
  /** Looks whether mail could leave now, without sending any: what is to be mended, each a sentence. Never rejects. */
  check(): Promise<readonly string[]>;
};

/** What a mailer may reach. */
export type MailReach = {
  readonly config: Config;
  readonly clock: Clock;
  readonly http: Http;
  readonly dial: Dial;
};

/** One way of sending mail; its file name is what SOTTO_MAIL says. */
export type MailVendor = {
  readonly processor: VendorProcessor;
  /** The processor as this installation dials it. */
  processorFor(config: Config): Processor;
  open(reach: MailReach): Omit<Mailer, 'vendor'>;
};
