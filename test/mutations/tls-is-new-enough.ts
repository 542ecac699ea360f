import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '../keys.ts';
import { selfSigned } from '../self-signed.ts';
import { mutationIn, openGround } from './mutation.ts';

/** An installation that speaks TLS itself. */
async function speaking(t: TestContext) {
  const folder = await temporaryFolder(t);
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const pair = selfSigned('localhost');
  await writeFile(cert, pair.cert);
  await writeFile(key, pair.key);
  return openGround(t, { SOTTO_TLS_CERT: cert, SOTTO_TLS_KEY: key, SOTTO_PUBLIC_URL: 'https://localhost' });
}

export default mutationIn(speaking, {
  breaks: 'TLS 1.0 is spoken',
  found: /too old is taken \(TLSv1/,
  kind: 'source',
  edits: [
    { file: 'src/edge/certificate.ts', from: "minVersion: 'TLSv1.2',", to: "minVersion: 'TLSv1'," },
    {
      file: 'src/edge/certificate.ts',
      from: "].join(':'),",
      to: "].join(':') && 'ALL:@SECLEVEL=0',",
    },
  ],
});
