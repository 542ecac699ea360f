import { permissions as allPermissions, roles, ruleOf } from '#access';
import { sql, type Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import { columnsOf, scheduleOf } from '#safeguards/retention';
import { registerState } from '#safeguards/register';
import { altered, ask, itemsIn, signedIn, type Shown } from '../asking.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { routesTold } from '../routes-told.ts';

/** Whose member looks while strangers see nothing yet. */
const of = 'pages-come-from-what-runs';

export default {
  fulfils: ['TRU-03'],
  group: 'trust',
  kind: 'proven',
  say: {
    en: 'Retention schedule, data flow, permissions and controls are published from the very settings by which this installation runs.',
    es: 'Los plazos de conservación, el flujo de datos, los permisos y los controles se publican a partir de los mismos ajustes con los que funciona esta instalación.',
    pt: 'Prazos de retenção, fluxo de dados, permissões e controles são publicados a partir das próprias configurações com que esta instalação funciona.',
    hi: 'डेटा रखने की अवधि, डेटा प्रवाह, अनुमतियाँ और नियंत्रण उन्हीं सेटिंग्स से प्रकाशित होते हैं जिनसे यह इंस्टॉलेशन चलता है।',
  },
  how: {
    en: 'No page has a text of its own for these. The check reads the pages over the wire: every column of the running database stands in the data map and no other, the permissions are those that the routes ask for, the companies of the data flow are those of the newest register, each control stands as its promises do, and an organisation that has published its page shows the days that it has set.',
    es: 'Ninguna página tiene para esto un texto propio. La comprobación lee las páginas por la red: cada columna de la base de datos en marcha está en el mapa de datos y ninguna otra, los permisos son los que piden las rutas, las empresas del flujo de datos son las del registro más reciente, cada control está como sus promesas, y una organización que ha publicado su página muestra los días que ha fijado.',
    pt: 'Nenhuma página tem texto próprio para isto. A verificação lê as páginas pela rede: cada coluna do banco em funcionamento está no mapa de dados e nenhuma outra, as permissões são as que as rotas pedem, as empresas do fluxo de dados são as do registro mais recente, cada controle está como suas promessas, e uma organização que publicou sua página mostra os dias que definiu.',
    hi: 'इनके लिए किसी पृष्ठ का अपना लिखा पाठ नहीं है। जाँच पृष्ठों को नेटवर्क से पढ़ती है: चल रहे डेटाबेस का हर कॉलम डेटा मानचित्र में है और कोई दूसरा नहीं, अनुमतियाँ वही हैं जो मार्ग माँगते हैं, डेटा प्रवाह की कंपनियाँ सबसे नए रजिस्टर की हैं, हर नियंत्रण अपने वादों जैसा है, और जिस संगठन ने अपना पृष्ठ प्रकाशित किया है वह वही दिन दिखाता है जो उसने तय किए हैं।',
  },
  yourself: {
    en: 'Change a retention setting in the dashboard and reload the page of your organisation: it shows the new days.',
    es: 'Cambie un plazo en el panel y recargue la página de su organización: muestra los días nuevos.',
    pt: 'Altere um prazo no painel e recarregue a página da sua organização: ela mostra os novos dias.',
    hi: 'डैशबोर्ड में कोई अवधि बदलें और अपने संगठन का पृष्ठ फिर खोलें: उसमें नए दिन दिखते हैं।',
  },
  kept: [columnsOf, registerState, scheduleOf],
  every: 6 * 60 * 60_000,
  probe: (reach) => signedIn(reach, { role: 'viewer', of }, (as) => compared(reach, as)),
  counterexample: {
    kind: 'senses',
    // A data map that somebody wrote by hand, a while ago.
    broken: (reach) =>
      altered(reach, ({ path }, answer) =>
        path === '/trust/data.json'
          ? { ...answer, body: answer.body.replaceAll('"table":"app.calls"', '"table":"app.talks"') }
          : answer,
      ),
  },
} satisfies Claim;

async function compared(reach: Reach, as: Shown): Promise<Finding> {
  const looks = [columns, permissions, flow, controls, schedules];
  const findings: Finding[] = [];
  for (const look of looks) findings.push(await look(reach, as));
  return {
    checked: findings.reduce((sum, { checked }) => sum + checked, 0),
    faults: findings.flatMap(({ faults }) => faults),
  };
}

async function columns(reach: Reach, as: Shown): Promise<Finding> {
  const rows = await reach.look.rows<{ name: string }>(sql`
    select n.nspname || '.' || c.relname || '.' || a.attname as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('app', 'sec', 'ledger') and c.relkind in ('r', 'p')`);
  const types = itemsIn(await ask(reach, as, 'GET /trust/data.json'), 'types');
  const shown = types
    .flatMap((type) => itemsIn({ json: type }, 'columns'))
    .map((one) => `${String(one['table'])}.${String(one['name'])}`);
  return different('/trust/data.json', { shown, real: rows.map(({ name }) => name) });
}

/** Cell by cell the table that guards, and every permission that a route asks for is in it. */
async function permissions(reach: Reach, as: Shown): Promise<Finding> {
  const told = await routesTold(reach);
  const shown = itemsIn(await ask(reach, as, 'GET /trust/permissions.json'), 'permissions');
  const cells = shown.flatMap((one) =>
    Object.entries(one['roles'] ?? {}).map(([role, far]) => `${String(one['permission'])} ${role} ${String(far)}`),
  );
  const real = allPermissions.flatMap((permission) =>
    roles.flatMap((role) => {
      const far = ruleOf(permission)[role];
      return far === undefined ? [] : [`${permission} ${role} ${far}`];
    }),
  );
  const asked = told.flatMap(({ scope }) => scope ?? []);
  const table = different('/trust/permissions.json', { shown: cells, real });
  const unknown = asked.filter((scope) => !shown.some((one) => one['permission'] === scope));
  const faults = unknown.map((scope) => ({ what: 'asked for and not published', where: scope }));
  return { checked: table.checked + asked.length, faults: [...table.faults, ...faults] };
}

async function flow(reach: Reach, as: Shown): Promise<Finding> {
  const row = await reach.look.maybe<{ content: string }>(sql`
    select content from app.register_versions where organisation_id = ${instanceId} order by number desc limit 1`);
  const withdrawn = await reach.look.rows<{ processor: string }>(sql`
    select processor from app.register_uses
    where organisation_id = ${instanceId} and ended_at is null and withdrawn_at is not null`);
  const content = JSON.parse(row?.content ?? '{}') as { readonly processors?: readonly { readonly id: string }[] };
  const shown = itemsIn(await ask(reach, as, 'GET /trust/flow.json'), 'stops').map(({ id }) => String(id));
  const optional = new Set(withdrawn.map(({ processor }) => processor));
  const real = (content.processors ?? []).map(({ id }) => id).filter((id) => !optional.has(id) || shown.includes(id));
  return different('/trust/flow.json', { shown, real });
}

/** A control stands as its promises do; a look that is kept in between counts for either. */
async function controls(reach: Reach, as: Shown): Promise<Finding> {
  const before = await statuses(reach, as);
  const shown = itemsIn(await ask(reach, as, 'GET /trust/controls.json'), 'controls');
  const after = await statuses(reach, as);
  const claims = shown.flatMap((control) => itemsIn({ json: control }, 'claims'));
  const faults = claims.flatMap(({ id, status }): Fault[] => {
    const due = [before.get(String(id)), after.get(String(id))];
    return due.includes(String(status))
      ? []
      : [{ what: `shown as ${String(status)}`, where: `/trust/controls.json ${String(id)}` }];
  });
  return { checked: claims.length, faults };
}

async function statuses(reach: Reach, as: Shown): Promise<ReadonlyMap<string, string>> {
  const claims = itemsIn(await ask(reach, as, 'GET /trust/claims.json'), 'claims');
  return new Map(claims.map(({ id, status }) => [String(id), String(status)]));
}

type Kept = {
  readonly organisation: Id;
  readonly slug: string;
  readonly windows: Readonly<Record<string, 'account' | { readonly ms: number }>>;
};

/** Those that have published a page and set days of their own: at most twenty. */
async function schedules(reach: Reach, as: Shown): Promise<Finding> {
  const rows = await reach.look.rows<Kept>(sql`
    select p.organisation_id as organisation, p.slug, k.windows from app.trust_profiles p
    join lateral (select windows from app.keepings where organisation_id = p.organisation_id order by version desc limit 1) k on true
    where p.slug is not null order by p.slug limit 20`);
  const findings = await Promise.all(rows.map((row) => scheduleOfOne(reach, as, row)));
  return {
    checked: findings.reduce((sum, { checked }) => sum + checked, 0),
    faults: findings.flatMap(({ faults }) => faults),
  };
}

async function scheduleOfOne(reach: Reach, as: Shown, { organisation, slug, windows }: Kept): Promise<Finding> {
  const answer = await ask(reach, as, `GET /trust/of/${slug}/trust.json`);
  if (answer.code === 'trust-not-published') return { checked: 0, faults: [] };
  const lines = new Map(
    itemsIn(answer, 'retention').map((line) => [String(line['id']), JSON.stringify(line['howLong'])]),
  );
  const faults = Object.entries(windows).flatMap(([type, window]): Fault[] => {
    const days = window === 'account' ? undefined : window.ms / 86_400_000;
    const isShown = lines.get(type)?.includes(days === undefined ? 'account' : daysInWords(days));
    return isShown ? [] : [{ what: 'other days than are set', where: `organisation:${organisation} ${type}` }];
  });
  return { checked: lines.size, faults };
}

/** Whole years are said as years. */
function daysInWords(days: number): string {
  const years = Math.round(days / 365.25);
  if (years > 0 && Math.abs(days / 365.25 - years) < 0.02) return `${years} year`;
  return Number.isInteger(days) ? `${days} day` : '';
}

function different(where: string, { shown, real }: Record<'shown' | 'real', readonly string[]>): Finding {
  const [has, is] = [new Set(shown), new Set(real)];
  const missing = [...is]
    .filter((one) => !has.has(one))
    .map((one) => ({ what: 'runs and is not published', where: `${where} ${one}` }));
  const invented = [...has]
    .filter((one) => !is.has(one))
    .map((one) => ({ what: 'published and not there', where: `${where} ${one}` }));
  return { checked: is.size, faults: [...missing, ...invented] };
}
