import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and the certificate that signs itself for one host, both PEM. Made anew each time, so none lies in the repository. */
export function selfSigned(host: string): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = der(0x30, der(0x31, der(0x30, oid('2.5.4.3'), der(0x0c, Buffer.from(host)))));
  const algorithm = der(0x30, oid('1.2.840.10045.4.3.2')); // ecdsa-with-SHA256
  const hosts = der(0x30, der(0x82, Buffer.from(host))); // GeneralNames with one dNSName
  const content = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))), // version 3
    der(0x02, Buffer.of(1)), // serial number
    algorithm,
    name,
    der(0x30, time('20200101000000Z'), time('20991231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, der(0x30, oid('2.5.29.17'), der(0x04, hosts)))), // subjectAltName
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', content, privateKey));
  const body = der(0x30, content, algorithm, signature)
    .toString('base64')
    .match(/.{1,64}/g)!;
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...body, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

/** One DER value (X.690 §8.1): tag, length, contents. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

/** GeneralizedTime. */
function time(text: string): Buffer {
  return der(0x18, Buffer.from(text));
}

/** An object identifier (X.690 §8.19): base 128, the first two numbers in one. */
function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first! * 40 + second!, ...rest].flatMap(base128)));
}

function base128(number: number): number[] {
  const low = number & 0x7f;
  const high = number >> 7;
  return high === 0 ? [low] : [...base128(high).map((part) => part | 0x80), low];
}
