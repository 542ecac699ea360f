import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from '#base';
import { openAdmit } from '#database';
import { rates } from '#edge';
import { measure, type Custom, type Figures } from './bench.ts';
import { openInstallation, type Installation } from './installation.ts';

const processes = 4;
const asks = 250;

/** The promise: a thousand requests at once from four processes are let through exactly as often as the limit says. */
export default {
  say: `${processes * asks} requests at once from ${processes} processes against one limit, and what asking it costs`,
  options: {},
  short: {},
  async run(_values, tell) {
    const installation = await openInstallation(16);
    try {
      tell('what one look at a limit costs');
      const costs = await cost(installation);
      tell(`${processes} processes ask at once`);
      const admitted = await askAtOnce(installation);
      const due = rates.public.count;
      return {
        document: { costs, admitted, due },
        text: `${costs.map(line).join('\n')}\n  let through: ${admitted} of ${processes * asks}, the limit is ${due}`,
        isSound: admitted === due,
      };
    } finally {
      await installation.close();
    }
  },
} satisfies Custom;

function cost({ ctx }: Installation): Promise<readonly Figures[]> {
  const admit = openAdmit({ ...ctx, log: () => {} });
  let count = 0;
  return measure(
    { atOnce: 8, operations: 4_000 },
    {
      'a statement that does nothing': () => ctx.db.find(sql`select 1 as one`),
      'askers of their own': () => admit('api', `api-key:${(count += 1)}`),
      'one asker for all, mostly refused': () => admit('api', 'api-key:one'),
    },
  );
}

async function askAtOnce({ connection }: Installation): Promise<number> {
  const child = fileURLToPath(import.meta.resolve('../test/children/limit-asker.ts'));
  const children = Array.from({ length: processes }, () => fork(child, { execArgv: [] }));
  await Promise.all(children.map((one) => once(one, 'message')));
  const answers = children.map((one) => once(one, 'message') as Promise<[{ admitted: number }]>);
  for (const one of children) one.send({ connection, times: asks });
  const admitted = await Promise.all(answers);
  return admitted.reduce((sum, [one]) => sum + one.admitted, 0);
}

function line({ variant, p50Ms, p95Ms, perSecond }: Figures): string {
  const figures = `p50 ${p50Ms.toFixed(2)} ms, p95 ${p95Ms.toFixed(2)} ms, ${Math.round(perSecond)} a second`;
  return `  ${variant}: ${figures}`;
}
