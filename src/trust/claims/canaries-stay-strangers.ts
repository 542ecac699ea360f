import { identifier, problem, sql, type Db, type Tx } from '#base';
import { canary, otherCanary } from '../canary.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

export default {
  fulfils: ['ACC-01'],
  group: 'isolation',
  kind: 'proven',
  say: {
    en: 'An organisation that asks for the rows of another gets nothing, and neither does anyone who names no organisation.',
    es: 'Una organización que pide las filas de otra no recibe nada, y tampoco quien no indica ninguna organización.',
    pt: 'Uma organização que pede linhas de outra não recebe nada, e tampouco recebe quem não indica organização alguma.',
    hi: 'जो संगठन दूसरे की पंक्तियाँ माँगता है, उसे कुछ नहीं मिलता, और उसे भी नहीं जो किसी संगठन का नाम नहीं लेता।',
  },
  how: {
    en: 'Two organisations exist only for this. With the rights of the application, one of them asks every table for rows that are not its own and tries to change the other; then the same is asked without any organisation.',
    es: 'Dos organizaciones existen solo para esto. Con los derechos de la aplicación, una pide a cada tabla filas que no son suyas e intenta modificar la otra; después se pregunta lo mismo sin ninguna organización.',
    pt: 'Duas organizações existem só para isto. Com os direitos da aplicação, uma delas pede a todas as tabelas linhas que não são suas e tenta alterar a outra; depois, o mesmo é pedido sem organização nenhuma.',
    hi: 'दो संगठन केवल इसी के लिए हैं। एप्लिकेशन के अधिकारों से उनमें से एक हर तालिका से वे पंक्तियाँ माँगता है जो उसकी नहीं हैं और दूसरे को बदलने की कोशिश करता है; फिर यही सब बिना किसी संगठन के माँगा जाता है।',
  },
  yourself: {
    en: 'Create two organisations and ask the API of one for an id of the other: the answer is the same 404 as for an id that never existed.',
    es: 'Cree dos organizaciones y pida a la API de una un id de la otra: la respuesta es el mismo 404 que para un id que nunca existió.',
    pt: 'Crie duas organizações e peça à API de uma um id da outra: a resposta é o mesmo 404 de um id que nunca existiu.',
    hi: 'दो संगठन बनाएँ और एक की API से दूसरे की आईडी माँगें: उत्तर वही 404 है जो कभी न रही आईडी पर मिलता है।',
  },
  kept: ['migrations/0001-security.sql'],
  every: 5 * 60_000,
  async probe(reach) {
    const tables = await tenantTables(reach.look);
    const own = await reach.as(canary, (tx) => tx.rows(sql`select id from app.organisations where id = ${canary}`));
    if (own.length === 0)
      throw problem('not-found', 'The canary organisations are missing; the next start makes them again.');
    const faults = [...(await trespass(reach, tables)), ...(await asNobody(reach, tables)), ...(await change(reach))];
    return { checked: 2 * tables.length + 1, faults };
  },
  counterexample: { kind: 'senses', broken: (reach) => ({ ...reach, as: withoutPolicies(reach.look) }) },
} satisfies Claim;

type Table = { readonly name: string; readonly tenant: string };

async function tenantTables(look: Tx): Promise<readonly Table[]> {
  return look.rows<Table>(sql`
    select c.relname as name, case when c.relname = 'organisations' then 'id' else 'organisation_id' end as tenant
    from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname`);
}

async function trespass(reach: Reach, tables: readonly Table[]): Promise<Fault[]> {
  return reach.as(canary, async (tx) => {
    const faults: Fault[] = [];
    for (const { name, tenant } of tables) {
      const foreign = await tx.rows(
        sql`select 1 from ${identifier('app', name)} where ${identifier(tenant)} <> ${canary} limit 1`,
      );
      if (foreign.length > 0) faults.push({ what: 'rows of another organisation are visible', where: `app.${name}` });
    }
    return faults;
  });
}

async function asNobody(reach: Reach, tables: readonly Table[]): Promise<Fault[]> {
  return reach.as(undefined, async (tx) => {
    const faults: Fault[] = [];
    for (const { name } of tables) {
      const any = await tx.rows(sql`select 1 from ${identifier('app', name)} limit 1`);
      if (any.length > 0) faults.push({ what: 'rows are visible without an organisation', where: `app.${name}` });
    }
    return faults;
  });
}

async function change(reach: Reach): Promise<Fault[]> {
  const changed = await reach.as(canary, (tx) =>
    tx.run(sql`update app.organisations set name = name where id = ${otherCanary}`),
  );
  return changed === 0 ? [] : [{ what: 'another organisation could be changed', where: 'app.organisations' }];
}

/** A product whose policies let everything through: its answers come from the prover, who sees every row. */
function withoutPolicies(look: Tx): Reach['as'] {
  const open: Pick<Db, 'tenant'> = {
    tenant: (_organisation, work) => work({ ...look, run: () => Promise.resolve(1) }),
  };
  return (organisation, work) => open.tenant(organisation ?? canary, work);
}
