import type { TestContext } from 'node:test';
import { readConfig, systemRandom } from '#base';
import { rotateRootKey } from '#safeguards/vault';
import { keystoreIn, temporaryFolder } from '../keys.ts';
import { noWayOut } from '../no-way-out.ts';
import { openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** An installation whose root key was replaced. */
async function rotated(t: TestContext) {
  const stage = await openStage(t);
  const folder = await temporaryFolder(t);
  const { clock } = stage.ctx;
  const before = await keystoreIn(t, folder, { clock });
  const { organisation } = stage.business;
  await before.contentKey({ organisation, kind: 'call', id: stage.business.agentId });
  await before.close();
  const config = readConfig({ SOTTO_DATA_DIR: folder });
  await rotateRootKey({ config, random: systemRandom, clock, http: noWayOut });
  return { ...stage, means: { ...stage.means, keystore: await keystoreIn(t, folder, { clock }) } };
}

export default mutationIn(rotated, {
  breaks: 'a root key is replaced, and keys stay wrapped by the old one',
  found: /keys are wrapped by a root that was replaced/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/vault/root-rotation.ts',
      from: 'do organisations += await wrapAll(parts, { row: active, root: from }, staged);',
      to: 'do organisations += from ? 0 : 1;',
    },
    {
      file: 'src/safeguards/vault/root-rotation.ts',
      from: 'if (store.organisationKeysUnder(active.id, 1).length > 0) return false;',
      to: '',
    },
  ],
});
