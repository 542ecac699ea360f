import { openDb, sql } from '#base';
import type { Claim, Fault } from '../claim.ts';

export default {
  fulfils: ['ACC-03'],
  group: 'isolation',
  kind: 'proven',
  say: {
    en: 'The privileged roles of the database never serve a request: while the product runs, nothing of it is signed in as one of them.',
    es: 'Los roles privilegiados de la base de datos nunca atienden una petición: mientras el producto funciona, nada suyo está conectado con uno de ellos.',
    pt: 'Os papéis privilegiados do banco nunca atendem a uma requisição: enquanto o produto funciona, nada dele está conectado como um deles.',
    hi: 'डेटाबेस की विशेषाधिकार भूमिकाएँ कभी किसी अनुरोध की सेवा नहीं करतीं: उत्पाद के चलते उसका कुछ भी उनमें से किसी के रूप में जुड़ा नहीं होता।',
  },
  how: {
    en: 'Owner and superuser sign in only while the program starts and when a check is shown to fail, under names of their own. The check looks at who is signed in at this moment and at what the everyday roles are allowed to do.',
    es: 'El dueño y el superusuario entran solo durante el arranque y cuando se demuestra que una comprobación puede fallar, con nombres propios. La comprobación mira quién está conectado en este momento y qué tienen permitido los roles cotidianos.',
    pt: 'Dono e superusuário só se conectam enquanto o programa inicia e quando se mostra que uma verificação pode falhar, com nomes próprios. A verificação olha quem está conectado neste momento e o que os papéis do dia a dia podem fazer.',
    hi: 'स्वामी और सुपरयूज़र केवल प्रोग्राम के आरंभ में और किसी जाँच की विफलता दिखाते समय, अपने अलग नामों से, जुड़ते हैं। जाँच देखती है कि इस क्षण कौन जुड़ा है और रोज़मर्रा की भूमिकाएँ क्या कर सकती हैं।',
  },
  yourself: {
    en: 'Run select usename, application_name from pg_stat_activity while calls are coming in.',
    es: 'Ejecute select usename, application_name from pg_stat_activity mientras entran llamadas.',
    pt: 'Execute select usename, application_name from pg_stat_activity enquanto chegam chamadas.',
    hi: 'कॉल आते समय select usename, application_name from pg_stat_activity चलाएँ।',
  },
  kept: [openDb],
  every: 5 * 60_000,
  async probe({ look }) {
    const sessions = await look.rows<{ name: string; role: string; privileged: boolean }>(sql`
      select a.application_name as name, r.rolname as role,
        r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolname = 'sotto_migrate' as privileged
      from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
      where a.datname = current_database() and a.application_name like 'sotto-%'
        and a.application_name not in ('sotto-start', 'sotto-structure')`);
    const roles = await look.rows<{ role: string; strong: boolean }>(sql`
      select r.rolname as role, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
        or exists (select from pg_auth_members m where m.member = r.oid) as strong
      from pg_roles r where r.rolname in ('sotto_app', 'sotto_jobs', 'sotto_audit', 'sotto_prove')`);
    const faults: Fault[] = [
      ...sessions
        .filter((one) => one.privileged)
        .map(({ name, role }) => ({ what: `${name} is signed in as ${role}`, where: 'pg_stat_activity' })),
      ...roles
        .filter((one) => one.strong)
        .map(({ role }) => ({ what: `${role} has rights beyond its work`, where: 'pg_roles' })),
    ];
    return { checked: sessions.length + roles.length, faults };
  },
  counterexample: {
    kind: 'structure',
    change: (tx) => tx.run(sql`select set_config('application_name', 'sotto-app', true)`),
  },
} satisfies Claim;
