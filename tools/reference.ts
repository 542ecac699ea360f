/** `node tools/reference.ts`: writes the generated pages of docs/reference. `test/docs.test.ts` keeps them fresh. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './program.ts';
import { referencePages } from './reference/pages.ts';

for (const { file, text } of await referencePages()) {
  writeFileSync(join(root, file), text);
  console.log(file);
}
