import { carriers } from '#adapters/carriers';
import { publicUrlOf } from '#edge';
import { inCanaryCall, type Offer } from '../canary-call.ts';
import type { Claim } from '../claim.ts';
import { together } from '../findings.ts';
import { openToAll } from '../open-to-all.ts';
import { modelSockets, offered, ownOrigins, plainDials, plainOffers } from '../plain-audio.ts';

export default {
  fulfils: ['TEL-04', 'TEL-05', 'CRY-06'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'The audio of a call comes and goes over encrypted connections (TLS) only: a plain one is neither offered to a carrier nor opened to a model.',
    es: 'El audio de una llamada entra y sale solo por conexiones cifradas (TLS): ni se ofrece una sin cifrar a un operador ni se abre una a un modelo.',
  },
  how: {
    en: 'The check rings a telephone of the product that a speech model answers, and reads which socket it is offered: it must be a wss address. It tries to have every carrier offered a plain one, and to open a plain one to a provider; both must be refused. It reads which address each model file opens, and each address that an organisation has set for itself. Audio that never leaves this machine is not counted; an installation that only this machine can reach has nothing to check.',
    es: 'La comprobación llama a un teléfono del producto que atiende un modelo de voz y lee qué socket se le ofrece: debe ser una dirección wss. Intenta que se ofrezca uno sin cifrar a cada operador y abrir uno sin cifrar hacia un proveedor; ambas cosas deben rechazarse. Lee qué dirección abre cada archivo de modelo y cada dirección que una organización se haya puesto. El audio que no sale de esta máquina no cuenta; una instalación que solo esta máquina puede alcanzar no tiene nada que comprobar.',
  },
  yourself: {
    en: 'Watch a call at the gateway of this machine, for example with tcpdump: you will see TLS to your carrier and to your model, and no audio.',
    es: 'Observe una llamada en la puerta de enlace de esta máquina, por ejemplo con tcpdump: verá TLS hacia su operador y su modelo, y ningún audio.',
  },
  kept: [publicUrlOf, carriers],
  every: 30 * 60_000,
  async probe(reach) {
    const { liveNumber } = reach.canary.phone;
    const offer = await inCanaryCall(reach, liveNumber, async (call) => call.offer);
    const { checked, faults } = together([
      plainOffers(await carriers()),
      await plainDials(reach),
      await modelSockets(reach),
      await ownOrigins(reach),
      offer ? offered(offer, reach.origin) : { checked: 0, faults: [] },
    ]);
    const idle = idleBecause(offer, reach.origin);
    return idle ? { checked: 0, faults, idle } : { checked, faults };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => ({
      ...reach,
      http: openToAll,
      self: async () => ({
        status: 200,
        headers: {},
        body: '<Response><Connect><Stream url="ws://plain.invalid/carriers/emulator/stream/a/b"/></Connect></Response>',
      }),
    }),
  },
} satisfies Claim;

/** Why nothing can be said of audio from outside: the rest alone proves nothing. */
function idleBecause(offer: Offer | undefined, origin: string): string | undefined {
  if (new URL(origin).protocol === 'http:')
    return 'Only this machine can reach the installation: its public address is http on loopback.';
  return offer?.door === 'stream' ? undefined : 'No process takes live audio now, so no socket for it is offered.';
}
