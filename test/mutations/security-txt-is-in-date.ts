import type { TestContext } from 'node:test';
import { publish } from '../publish.ts';
import { mutationIn, openGround } from './mutation.ts';

async function published(t: TestContext) {
  const ground = await openGround(t);
  await publish(ground.ctx);
  return ground;
}

export default [
  mutationIn(published, {
    breaks: 'the file is good for a week and not renewed',
    found: /it expires soon, or has \(\/\.well-known\/security\.txt\)/,
    quick: true,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/disclosure/security-txt.ts',
        from: 'const goodForDays = 180;',
        to: 'const goodForDays = 7;',
      },
    ],
  }),
  mutationIn(published, {
    breaks: 'the file names somebody else than the profile does',
    found: /it does not name the security contact/,
    kind: 'source',
    edits: [
      {
        file: 'src/trust/page/security-txt-routes.ts',
        from: 'securityTxt({ origin: ctx.publicUrl(), contact,',
        to: "securityTxt({ origin: ctx.publicUrl(), contact: contact && 'security@elsewhere.example',",
      },
    ],
  }),
];
