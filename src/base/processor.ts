/**
 * Someone outside who receives data when a vendor file is switched on.
 * The sub-processor list and the egress allow-list are both made from these; there is no second list.
 */
export type Processor = {
  readonly name: string;
  readonly purpose: string;
  /** What it gets to see, in plain words. Empty when nothing leaves the machine. */
  readonly data: readonly string[];
  readonly region: string;
  /** Exact host names that may be dialled for it. */
  readonly hosts: readonly string[];
  /** Set where organisations may have accounts of their own there, and this goes by that of the installation. */
  readonly behalf?: 'installation';
};

/**
 * Something of ours that lies with a processor, and for how long: what an erasure reaches there, and what stays all the
 * same. The data map and the certificates are made from it.
 */
export type Residue = {
  /** Its name in records and certificates, a fixed word: `recordings`. */
  readonly what: string;
  readonly say: InFourLanguages;
  /**
   * Whole days that it stays at most; null: as long as nobody deletes it, or, where it cannot be deleted, as long as the
   * processor sees fit, which it does not say.
   */
  readonly days: number | null;
  /** Whether the days count from when it came about, or from when we had it deleted. */
  readonly from: 'made' | 'deleted';
  /** Whether we have it deleted there, and read back that it is gone. */
  readonly deletable: boolean;
  /** Where the processor says so. */
  readonly source: string;
  /** False for what is widely said and was not read at the source. */
  readonly verified: boolean;
};

/** A sentence in the languages of the public pages. */
export type InFourLanguages = { readonly en: string; readonly es: string; readonly pt: string; readonly hi: string };

/** Whether the company signs a business associate agreement (45 CFR 164.504(e)), and under which condition. */
export type Baa = {
  /** `operator`: whoever runs this installation chooses the company, and has to ask it. */
  readonly offered: 'yes' | 'no' | 'operator' | 'unknown';
  readonly when: InFourLanguages;
  readonly source: string;
  /** False for what was not read at the source. */
  readonly verified: boolean;
};

/** A report or certificate that the company says it has. We have not seen it: it is shown as the company's own word. */
export type Certification = {
  readonly name: string;
  /** Who says so: the company, or who issued it. */
  readonly by: string;
  /** Day up to which it is good, where it is known: 2027-06-30. */
  readonly until?: string;
  /** Day of the page that says so, where it is known. */
  readonly asOf?: string;
  readonly source: string;
  readonly verified: boolean;
};

type InWords = Pick<Processor, 'purpose' | 'data' | 'region'>;

/** Somebody outside who gets data: everything that the register of processors prints. A file that lacks it does not compile. */
export type OutsideProcessor = Processor & {
  readonly data: readonly [string, ...string[]];
  /** The same words for the pages in other languages. */
  readonly es: InWords;
  readonly pt: InWords;
  readonly hi: InWords;
  /** Where the company says who it is and how it protects data; null where the operator chooses the company. */
  readonly website: string | null;
  readonly security: string | null;
  readonly baa: Baa;
  /** Only what was found at a source; empty says that nothing was. */
  readonly certifications: readonly Certification[];
  /** Empty when nothing stays there. */
  readonly keeps: readonly Residue[];
};

/** Something on this machine that stands where a company could: nothing leaves, and nobody is told. */
export type OwnProcessor = Processor & {
  readonly data: readonly [];
  readonly es?: undefined;
  readonly pt?: undefined;
  readonly hi?: undefined;
  readonly keeps: readonly [];
};

/** A processor as its vendor file says it. */
export type VendorProcessor = OutsideProcessor | OwnProcessor;

/** True for who gets data. */
export function isOutside(processor: VendorProcessor): processor is OutsideProcessor {
  return processor.data.length > 0;
}

/** What is said of an agreement where the operator chooses the company. */
export const operatorsBaa: Baa = {
  offered: 'operator',
  when: {
    en: 'Whoever runs this installation chooses the company and has to ask it',
    es: 'Quien opera esta instalación elige la empresa y tiene que preguntárselo',
    pt: 'Quem opera esta instalação escolhe a empresa e precisa perguntar a ela',
    hi: 'इस इंस्टॉलेशन को चलाने वाले कंपनी चुनते हैं और उसी से पूछना होता है',
  },
  source: 'the operator',
  verified: false,
};

/**
 * What a vendor says of an organisation's credential: it works, the key is not (or no longer) one of its own, the key
 * may not do what is needed, the account is not active, nothing is left to pay with, or nothing was said at all.
 */
export type VendorCheck =
  | 'ok'
  | 'key-refused'
  | 'no-permission'
  | 'not-active'
  | 'no-funds'
  | 'busy'
  | 'unreachable'
  | 'not-understood';
