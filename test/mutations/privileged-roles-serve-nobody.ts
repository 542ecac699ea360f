import type { TestContext } from 'node:test';
import pg from 'pg';
import { mutationIn, openGround } from './mutation.ts';

/** With which the deed leaves a session open, until the test is over. */
async function open(t: TestContext) {
  const ground = await openGround(t);
  const clients: pg.Client[] = [];
  t.after(() => Promise.all(clients.map((client) => client.end())));
  return { ...ground, clients };
}

export default mutationIn(open, {
  breaks: 'the program stays signed in as who owns the tables',
  found: /sotto-jobs is signed in as sotto_migrate/,
  quick: true,
  kind: 'deed',
  async deed({ database, clients }) {
    const client = new pg.Client({ ...database.connection('migrate'), application_name: 'sotto-jobs' });
    await client.connect();
    clients.push(client);
  },
});
