import { openSenses } from '#app';
import { silent, type Command } from '../command.ts';

export default {
  say: 'Brings the database to this version and proves that organisations are kept apart; serve does the same at its start.',
  options: {},
  async run(io) {
    const senses = await openSenses(io.config(), silent);
    const { serverVersion, embedded } = senses.database;
    await senses.close();
    io.print(
      { serverVersion, embedded },
      `The database is up to date (PostgreSQL ${Math.floor(serverVersion / 10_000)}).`,
    );
    return 0;
  },
} satisfies Command;
