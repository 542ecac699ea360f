import { writeSync } from 'node:fs';
import { openLineDesk } from '../line-desk.ts';

/**
 * A desk in a process of its own, for a test that kills it: `node test/children/line-desk.ts`, with the settings in its
 * environment. Prints one JSON document a line: its port and its line's process first, then whatever it was told, each
 * before it is acknowledged.
 */
const say = (what: object) => writeSync(1, `${JSON.stringify(what)}\n`);
const desk = await openLineDesk({
  env: process.env,
  desk: { happened: async (call, all) => all.forEach(({ n, happening }) => say({ call: call.id, n, happening })) },
});
const line = desk.logged.find(([event]) => event === 'line.started')?.[1]['pid'];
say({ port: desk.port, line });
