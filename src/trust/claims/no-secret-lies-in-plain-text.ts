import { sql } from '#base';
import { seal } from '#safeguards/vault';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';
import { searchPlain } from '../plain-text.ts';

export default {
  fulfils: ['CRY-05'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'No secret lies in the database as plain text: neither API keys, nor private keys, nor anything that looks like a key of a provider.',
    es: 'Ningún secreto está en la base de datos en texto claro: ni claves de API, ni claves privadas, ni nada que parezca la clave de un proveedor.',
    pt: 'Nenhum segredo está no banco em texto aberto: nem chaves de API, nem chaves privadas, nem nada que pareça a chave de um fornecedor.',
    hi: 'डेटाबेस में कोई गुप्त मान खुले पाठ में नहीं: न API कुंजियाँ, न निजी कुंजियाँ, न ऐसा कुछ जो प्रदाता की कुंजी जैसा दिखे।',
  },
  how: {
    en: 'Secrets come from the environment or the keystore and are sealed before they are stored. The check takes every column that is not sealed and can hold text, and up to 50 rows of 200 organisations, and looks there for the forms of keys of known providers, of our own API keys and of private keys.',
    es: 'Los secretos vienen del entorno o del almacén de claves y se sellan antes de guardarse. La comprobación toma cada columna que no está sellada y puede contener texto, y hasta 50 filas de 200 organizaciones, y busca allí las formas de claves de proveedores conocidos, de nuestras claves de API y de claves privadas.',
    pt: 'Segredos vêm do ambiente ou do cofre de chaves e são selados antes de serem guardados. A verificação toma todas as colunas que não são seladas e podem conter texto, e até 50 linhas de 200 organizações, e procura ali as formas das chaves de fornecedores conhecidos, das nossas chaves de API e de chaves privadas.',
    hi: 'गुप्त मान परिवेश या कुंजी-भंडार से आते हैं और रखे जाने से पहले मुहरबंद होते हैं। जाँच हर वह स्तंभ लेती है जो मुहरबंद नहीं और पाठ रख सकता है, और 200 संगठनों की 50 तक पंक्तियाँ, और वहाँ ज्ञात प्रदाताओं की कुंजियों, हमारी API कुंजियों और निजी कुंजियों के रूप ढूँढती है।',
  },
  yourself: {
    en: 'Search a dump of your database for one of your API keys, or for the key of your model.',
    es: 'Busque en un volcado de su base de datos una de sus claves de API, o la clave de su modelo.',
    pt: 'Procure em um dump do seu banco uma das suas chaves de API, ou a chave do seu modelo.',
    hi: 'डेटाबेस के डंप में अपनी कोई API कुंजी, या अपने मॉडल की कुंजी, ढूँढें।',
  },
  kept: [seal],
  every: 60 * 60_000,
  async probe({ look }) {
    const found = await searchPlain({ look }, { pattern: `(${forms})` });
    const faults = found
      .filter(({ found: secrets }) => secrets.length > 0)
      .map(({ place, found: { length } }): Fault => ({
        what: `${length} times something that is a secret`,
        where: place,
      }));
    return { checked: found.reduce((sum, { rows }) => sum + rows, 0), faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const [id, letters] = [canary, reach.random.bytes(24).toString('hex')];
      const now = new Date(reach.clock.now());
      await tx.run(sql`
        insert into app.agents (organisation_id, id, name, language, greeting, facts, hours, visit_minutes, speech, model,
          disclose_ai, created_at)
        values (${canary}, ${id}, 'Canary', 'en-US', ${`Our key is sk-${letters}.`}, '[]', '{}', 30, 'relay', 'scripted', true, ${now})`);
    },
  },
} satisfies Claim;

/**
 * Forms of keys: our own, OpenAI and those like it, Stripe, Twilio, Google, Slack, GitHub, Amazon, Meta, and PEM. From
 * what each provider publishes for scanners of secrets. Two of them also come about by chance within a signature in
 * base64, of which every head of the log has two: what follows a sign of that alphabet is none.
 */
const forms = [
  'sotto_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}',
  '\\msk-[A-Za-z0-9_-]{20,}',
  '\\m[rs]k_live_[0-9A-Za-z]{16,}',
  '\\mSK[0-9a-f]{32}\\M',
  '(?<![+/])\\mAIza[0-9A-Za-z_-]{35}',
  '\\mxox[abprs]-[0-9A-Za-z-]{10,}',
  '\\mgh[pousr]_[0-9A-Za-z]{36}',
  '\\mAKIA[0-9A-Z]{16}\\M',
  '(?<![+/])\\mEAA[0-9A-Za-z]{60,}',
  '-----BEGIN [A-Z ]*PRIVATE KEY-----',
].join('|');
