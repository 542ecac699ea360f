import { isIP } from 'node:net';

/** One setting: where it comes from, what it is for, and how it is read. */
export type Setting<T> = {
  readonly env: `SOTTO_${string}`;
  readonly help: string;
  readonly default: T;
  /** Throws an Error whose message tells how to write the value. */
  readonly parse: (text: string) => T;
  readonly secret?: true;
};

export function setting<T>(env: `SOTTO_${string}`, help: string, fallback: T, parse: (text: string) => T): Setting<T> {
  return { env, help, default: fallback, parse };
}

export function secret<T>(env: `SOTTO_${string}`, help: string, fallback: T, parse: (text: string) => T): Setting<T> {
  return { ...setting(env, help, fallback, parse), secret: true };
}

export function text(value: string): string {
  return value;
}

export function port(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new Error('must be a port between 0 and 65535');
  return number;
}

export function positive(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error('must be a whole number above 0');
  return Number(value);
}

export function oneOf<const Word extends string>(...words: readonly Word[]): (value: string) => Word {
  return (value) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw new Error(`must be one of: ${words.join(', ')}`);
    return found;
  };
}

/** Amazon S3 user guide, bucket naming rules; dots are left out because they break TLS names. */
export function bucket(value: string): string {
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(value)) {
    throw new Error('must be a bucket name: 3 to 63 small letters, digits and dashes');
  }
  return value;
}

/** A name, or several with slashes between, as one goes into the path of a URL. */
export function pathName(value: string): string {
  if (!/^[\w-]+(?:\/[\w-]+)*$/.test(value)) throw new Error('must be letters, digits, _ and -, with / between');
  return value;
}

export function minutes(value: string): number {
  if (!/^\d{1,4}$/.test(value) || Number(value) > 1440) throw new Error('must be whole minutes between 0 and 1440');
  return Number(value);
}

export function days(value: string): number {
  if (!/^\d{1,5}$/.test(value)) throw new Error('must be whole days, 0 or more');
  return Number(value);
}

export function list(value: string): readonly string[] {
  const items = value.split(',').map((item) => item.trim());
  if (items.some((item) => !/^[\w.:-]+$/.test(item))) throw new Error('must be host names with commas between');
  return items;
}

export function origin(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const good =
    url &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.pathname === '/' &&
    !url.search &&
    !url.hash &&
    !url.username;
  if (!good) throw new Error('must be an origin such as https://phone.example.com, without a path');
  return url.origin;
}

/**
 * An issuer as its provider writes it, which is compared letter by letter (OpenID Connect Discovery §4.3). Plain http is
 * for a provider on this machine.
 */
export function issuer(value: string): string {
  const url = URL.parse(value);
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url?.hostname ?? '');
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere);
  if (!url || !isSafe || url.search || url.hash || url.username) {
    throw new Error('must be an issuer such as https://id.example.com/realms/office');
  }
  return value;
}

/** Below it lie files; it is published, so nothing may stand in it that opens something. */
export function folderUrl(value: string): string {
  const url = URL.parse(value);
  if (url?.protocol !== 'https:' || url.search || url.hash || url.username || url.password) {
    throw new Error('must be an https address without query, such as https://code.example.com/sotto/blob/v1');
  }
  return url.href.replace(/\/+$/, '');
}

/** A path may stand before `/v1/…`, as hosted collectors have it. */
export function collectorUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash || url.username) {
    throw new Error('must be a URL such as http://localhost:4318, without query');
  }
  return url.href.replace(/\/+$/, '');
}

export function postgresUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new Error('must be a URL such as postgres://user:password@host:5432/sotto');
  }
  return value;
}

export function hexKey(value: string): string {
  if (!/^[0-9a-f]{64}$/i.test(value))
    throw new Error('must be 64 hex digits (32 bytes), e.g. from: openssl rand -hex 32');
  return value.toLowerCase();
}

/** Addresses and networks, such as 10.0.0.0/8. */
export function networks(value: string): readonly string[] {
  const items = value.split(',').map((item) => item.trim());
  const isGood = (item: string) => {
    const [address = '', prefix = '0', ...more] = item.split('/');
    const bits = isIP(address) === 6 ? 128 : 32;
    return isIP(address) !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits && more.length === 0;
  };
  if (!items.every(isGood)) throw new Error('must be addresses or networks such as 10.0.0.0/8, with commas between');
  return items;
}

/** A header's name as it is compared: in small letters. */
export function headerName(value: string): string {
  if (!/^[\w-]{1,64}$/.test(value)) throw new Error('must be the name of a header such as CF-IPCountry');
  return value.toLowerCase();
}
