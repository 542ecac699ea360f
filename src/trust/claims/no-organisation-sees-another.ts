import { sql } from '#base';
import { proveFunctions, proveIsolation } from '#database';
import type { Claim } from '../claim.ts';

export default {
  fulfils: ['ACC-01'],
  group: 'isolation',
  kind: 'proven',
  say: {
    en: 'Every row belongs to one organisation, and the database itself keeps each organisation from seeing the rows of another.',
    es: 'Cada fila pertenece a una organización, y la propia base de datos impide que una organización vea las filas de otra.',
    pt: 'Cada linha pertence a uma organização, e o próprio banco impede que uma organização veja as linhas de outra.',
    hi: 'हर पंक्ति एक संगठन की है, और डेटाबेस स्वयं हर संगठन को दूसरे की पंक्तियाँ देखने से रोकता है।',
  },
  how: {
    en: 'Row-level security is forced on every table, for owners too. The check walks the whole catalogue of the database and looks for every known way around it: a table without a policy, a key that crosses organisations, a function or view with more rights than its caller. It compares every function of the database with the one that this version delivered.',
    es: 'La seguridad por filas está forzada en todas las tablas, también para sus propietarios. La comprobación recorre todo el catálogo de la base de datos y busca cada forma conocida de eludirla: una tabla sin política, una clave que cruza organizaciones, una función o vista con más derechos que quien la llama. Compara cada función de la base de datos con la que entregó esta versión.',
    pt: 'A segurança em nível de linha é imposta em todas as tabelas, também aos donos delas. A verificação percorre todo o catálogo do banco e procura cada atalho conhecido: uma tabela sem política, uma chave que cruza organizações, uma função ou visão com mais direitos do que quem a chama. Ela compara cada função do banco com a que esta versão entregou.',
    hi: 'पंक्ति-स्तर सुरक्षा हर तालिका पर लागू है, स्वामियों पर भी। जाँच डेटाबेस की पूरी सूची से गुज़रती है और हर ज्ञात चोर-रास्ता ढूँढती है: बिना नीति की तालिका, संगठनों को लाँघती कुंजी, बुलाने वाले से अधिक अधिकार वाला फ़ंक्शन या व्यू। यह डेटाबेस के हर फ़ंक्शन की तुलना इस संस्करण के साथ दिए गए फ़ंक्शन से करती है।',
  },
  yourself: {
    en: 'Drop a policy in a copy of your database and run ./sotto prove --only no-organisation-sees-another: it names the table.',
    es: 'Elimine una política en una copia de su base de datos y ejecute ./sotto prove --only no-organisation-sees-another: nombra la tabla.',
    pt: 'Remova uma política em uma cópia do seu banco e execute ./sotto prove --only no-organisation-sees-another: ele nomeia a tabela.',
    hi: 'अपने डेटाबेस की एक प्रति में कोई नीति हटाएँ और ./sotto prove --only no-organisation-sees-another चलाएँ: वह तालिका का नाम बताता है।',
  },
  kept: ['migrations/0001-security.sql'],
  every: 15 * 60_000,
  async probe({ look }) {
    const [rows, functions] = [await proveIsolation(look), await proveFunctions(look)];
    const faults = [...rows.faults, ...functions.faults];
    return {
      checked: rows.objects + functions.objects,
      faults: faults.map(({ check, object }) => ({ what: check, where: object })),
    };
  },
  counterexample: {
    kind: 'structure',
    change: (tx) => tx.run(sql`alter table app.messages no force row level security`),
  },
} satisfies Claim;
