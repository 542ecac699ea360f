import { sql, type Tx } from '#base';
import { blindIndex } from '#safeguards/vault';
import { canary, plantCall } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';
import { hashFaults } from '../hashes.ts';
import { searchPlain } from '../plain-text.ts';

export default {
  fulfils: ['RET-07'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'To count callers and to find them again, numbers are used only as keyed hashes, whose key is another one for each business; no number of a caller lies in the database in the clear.',
    es: 'Para contar y reencontrar a quienes llaman, los números solo se usan como hashes con clave, distinta para cada negocio; ningún número de quien llama está en claro en la base de datos.',
  },
  how: {
    en: "The key of a hash lies outside of the database and dies with the account. The check takes every column that is neither sealed nor the business's own, and up to 50 rows of 200 organisations, and looks for telephone numbers. It wants every column that says it holds a keyed hash to hold 16 or 32 bytes that look like chance, no hash of a number twice in two businesses, and none that is a plain hash of a number that lies here in the clear: those of the business itself.",
    es: 'La clave de un hash está fuera de la base de datos y muere con la cuenta. La comprobación toma cada columna que no está sellada ni es del propio negocio, y hasta 50 filas de 200 organizaciones, y busca números de teléfono. Exige que toda columna que dice contener un hash con clave tenga 16 o 32 bytes de aspecto aleatorio, que ningún hash de un número esté en dos negocios y que ninguno sea el hash sin clave de un número que está aquí en claro: los del propio negocio.',
  },
  yourself: {
    en: 'Ring one of your lines and search a dump of your database for your number, and for its SHA-256.',
    es: 'Llame a una de sus líneas y busque en un volcado de su base de datos su número, y su SHA-256.',
  },
  kept: [blindIndex],
  every: 60 * 60_000,
  async probe({ look }) {
    const plain = await searchPlain({ look }, { pattern: e164, except: ['business'] });
    const hashes = await hashFaults(look);
    const faults: Fault[] = plain
      .filter(({ found }) => found.length > 0)
      .map(({ place, found }) => ({ what: `${found.length} telephone numbers in the clear`, where: place }));
    const rows = plain.reduce((sum, one) => sum + one.rows, 0);
    return { checked: rows + hashes.checked, faults: [...faults, ...hashes.faults] };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const call = await plantCall(tx, reach, { state: 'live', startedAt: reach.clock.now() });
      await plantNumber(tx, call);
    },
  },
} satisfies Claim;

/** A number as E.164 writes it, and nothing that goes on before or after it. */
const e164 = '(?:^|[^0-9A-Za-z+])(\\+[1-9][0-9]{7,14})(?![0-9])';

/** Where the carrier's name of a call belongs. */
async function plantNumber(tx: Tx, call: string): Promise<void> {
  await tx.run(sql`
    update app.calls set carrier_call_id = '+15005550006' where organisation_id = ${canary} and id = ${call}`);
}
