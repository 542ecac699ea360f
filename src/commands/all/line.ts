import { openHttp, systemClock, systemRandom, watchSockets } from '#base';
import { carriers } from '#adapters/carriers';
import { models } from '#adapters/models';
import { objectsNow } from '#app';
import { carryWith, forkedBy, runLine } from '#media';
import { refuseHeld, toldRegister } from '#safeguards/register';
import type { Command } from '../command.ts';

export default {
  say: 'Carries the audio of live calls. Started and watched by serve, never by hand.',
  options: {},
  async run(io) {
    const parent = forkedBy();
    const config = io.config();
    const http = openHttp({ config, log: io.log });
    const register = toldRegister(config);
    http.guard(refuseHeld(register));
    const sockets = watchSockets({ isEgress: http.opened });
    const senses = { config, clock: systemClock, random: systemRandom, log: io.log, http };
    const known = await carriers();
    const carry = carryWith({ ...senses, models: await models(), objects: await objectsNow(senses, register) });
    try {
      await runLine(senses, {
        parent,
        dialect: (carrier) => known.find(({ id }) => id === carrier)?.item.stream,
        carry,
        sockets,
        ledger: http.ledger,
        allow: register.tell,
      });
    } finally {
      await http.close();
      sockets.stop();
    }
    return 0;
  },
} satisfies Command;
