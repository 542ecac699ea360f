import { sql, type Sql } from '#base';

/** One known hole in row-level security: the query names every object that has it. */
export type Check = { readonly check: string; readonly query: Sql };

const runtimeRoles = ['sotto_app', 'sotto_jobs', 'sotto_audit', 'sotto_prove', 'sotto_finder'];
/** The two organisations that exist to be looked for where they must not be found. */
const canaries = ['00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-0000000000c2'];
const allRoles = [...runtimeRoles, 'sotto_migrate'];

/** Relation `c` is open, in part or in whole, to a role of the running product (PUBLIC counts: everybody is in it). */
const isExposed = sql`exists (
  select from unnest(${runtimeRoles}::name[]) as role
  where has_any_column_privilege(role, c.oid, 'select, insert, update, references')
    or has_table_privilege(role, c.oid, 'delete, truncate, trigger'))`;

/** Relation `c` in schema `n` is ours, or somebody else's that our roles get at. Extensions' own do not count. */
const isInScope = sql`n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  and (n.nspname in ('app', 'sec', 'ledger') or c.relkind <> 'S' and ${isExposed})`;

/** Everything that can hold or show rows. */
export const relationsInScope = sql`
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and ${isInScope}`;

/** Functions `p` that run as their owner and that our roles can call or that lie in our schemas. */
const definerFunctions = sql`
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prosecdef and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
    and (n.nspname in ('app', 'sec', 'ledger')
      or exists (select from unnest(${runtimeRoles}::name[]) as role where has_function_privilege(role, p.oid, 'execute')))`;

/** The grantee `a.grantee` is PUBLIC or a role of the running product. */
const isRuntimeGrantee = sql`(a.grantee = 0 or a.grantee in (select oid from pg_roles where rolname = any(${runtimeRoles})))`;

/** Name of the column that says whose row it is. */
function tenantColumn(table: Sql): Sql {
  return sql`case when ${table} = to_regclass('app.organisations') then 'id' else 'organisation_id' end`;
}

/** The 17 checks of facts: security §1.A. Each has a test that plants its fault. */
export const checks: readonly Check[] = [
  {
    check: 'table-without-row-security',
    query: sql`select c.oid::regclass::text as object ${relationsInScope} and c.relkind in ('r', 'p') and not c.relrowsecurity`,
  },
  {
    // Without FORCE the owner of a table sees all of it.
    check: 'row-security-not-forced',
    query: sql`select c.oid::regclass::text as object ${relationsInScope} and c.relkind in ('r', 'p') and not c.relforcerowsecurity`,
  },
  {
    // A partition asked for by name answers with its own policies, not its parent's.
    check: 'partition-reachable',
    query: sql`select c.oid::regclass::text as object ${relationsInScope} and c.relispartition and ${isExposed}`,
  },
  {
    check: 'view-not-security-invoker',
    query: sql`select c.oid::regclass::text as object ${relationsInScope} and c.relkind = 'v' and not exists (
      select from pg_options_to_table(c.reloptions) where option_name = 'security_invoker' and option_value::boolean)`,
  },
  {
    check: 'materialized-view-reachable',
    query: sql`select c.oid::regclass::text as object ${relationsInScope} and c.relkind = 'm' and ${isExposed}`,
  },
  {
    check: 'foreign-table-reachable',
    query: sql`select c.oid::regclass::text as object ${relationsInScope} and c.relkind = 'f' and ${isExposed}`,
  },
  {
    // Allowed: in schema sec, owned by one of the two roles that cannot be signed in to while running, not for all.
    check: 'definer-function-open',
    query: sql`select p.oid::regprocedure::text as object ${definerFunctions} and not (n.nspname = 'sec'
      and p.proowner in (select oid from pg_roles where rolname in ('sotto_migrate', 'sotto_finder'))
      and not exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0))`,
  },
  {
    check: 'definer-function-search-path',
    query: sql`select p.oid::regprocedure::text as object ${definerFunctions}
      and not coalesce(p.proconfig, '{}') @> array['search_path=pg_catalog, pg_temp']`,
  },
  {
    // TRUNCATE ignores policies, REFERENCES and TRIGGER see values, MAINTAIN (17 and later) locks.
    check: 'privilege-beyond-rows',
    query: sql`select c.oid::regclass || ' ' || a.privilege_type as object
      from pg_class c, aclexplode(c.relacl) a
      where a.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
        and c.relkind in ('r', 'p', 'v', 'm', 'f') and ${isRuntimeGrantee}
      union all
      select t.attrelid::regclass || '.' || t.attname || ' ' || a.privilege_type
      from pg_attribute t, aclexplode(t.attacl) a
      where a.privilege_type = 'REFERENCES' and ${isRuntimeGrantee}`,
  },
  {
    // The gaps of a sequence tell how busy the others are.
    check: 'sequence-reachable',
    query: sql`select c.oid::regclass::text as object
      from pg_class c where c.relkind = 'S' and exists (select from aclexplode(c.relacl) a where ${isRuntimeGrantee})`,
  },
  {
    // A duplicate error tells that another organisation has the value.
    check: 'unique-without-organisation',
    query: sql`select i.indexrelid::regclass::text as object
      from pg_index i
      join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_attribute t on t.attrelid = c.oid and t.attnum = i.indkey[0]
      where (i.indisunique or i.indisexclusion) and ${isInScope} and ${isExposed}
        and t.attname is distinct from ${tenantColumn(sql`c.oid`)}`,
  },
  {
    // Foreign keys are checked past the policies, so the organisation must be part of them.
    check: 'foreign-key-without-organisation',
    query: sql`select c.oid::regclass || ' ' || k.conname as object
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'f' and ${isInScope} and ${isExposed} and not exists (
        select from unnest(k.conkey, k.confkey) as pair (here, there)
        join pg_attribute h on h.attrelid = k.conrelid and h.attnum = pair.here
        join pg_attribute t on t.attrelid = k.confrelid and t.attnum = pair.there
        where h.attname = ${tenantColumn(sql`k.conrelid`)} and t.attname = ${tenantColumn(sql`k.confrelid`)})`,
  },
  {
    // A permissive policy is as wide as what it admits. Three kinds are deliberate: the owner's, the reading of
    // finder, auditor and prover (contents are sealed), and the prover's planting in the canary organisations.
    check: 'policy-admits-others',
    query: sql`select c.oid::regclass || ' ' || p.polname as object
      from pg_policy p
      join pg_class c on c.oid = p.polrelid
      join pg_namespace n on n.oid = c.relnamespace
      cross join lateral (
        select coalesce(array_agg(coalesce(r.rolname, 'public')::text), '{}') as roles
        from unnest(p.polroles) as member (id) left join pg_roles r on r.oid = member.id) as who
      cross join lateral (
        select count(*) as all_of_them,
          count(*) filter (where expression = format('(%s = ( SELECT sec.tenant() AS tenant))', tenant)) as own,
          count(*) filter (where expression = format('(%s = ANY (ARRAY[%L::uuid, %L::uuid]))', tenant, canaries[1], canaries[2])) as canary
        from (values (pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid))) as given (expression),
          (select ${tenantColumn(sql`p.polrelid`)}, ${canaries}::text[]) as named (tenant, canaries)
        where expression is not null) as said
      where p.polpermissive and ${isInScope}
        and not (said.all_of_them > 0 and said.own = said.all_of_them)
        and not who.roles <@ '{sotto_migrate}'
        and not (p.polcmd = 'r' and who.roles <@ '{sotto_finder,sotto_audit,sotto_prove,sotto_migrate}')
        and not (who.roles <@ '{sotto_prove}' and said.all_of_them > 0 and said.canary = said.all_of_them)`,
  },
  {
    check: 'role-too-strong',
    query: sql`select rolname::text as object from pg_roles
      where rolname = any(${allRoles}) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
        or rolname = 'sotto_finder' and rolcanlogin)`,
  },
  {
    // Owners can lift what protects. The finder owns its functions, nothing else.
    check: 'role-owns-objects',
    query: sql`select r.rolname || ' owns ' || coalesce(pg_describe_object(d.classid, d.objid, d.objsubid), 'an object') as object
      from pg_shdepend d join pg_roles r on r.oid = d.refobjid
      where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o' and r.rolname = any(${runtimeRoles})
        and d.dbid in (0, (select oid from pg_database where datname = current_database()))
        and not (r.rolname = 'sotto_finder' and d.classid = 'pg_proc'::regclass)`,
  },
  {
    // The migrating role may hand functions to the finder but inherits nothing from it. PostgreSQL 16 makes
    // whoever creates a role its administrator, with none of its rights; in 15 the columns do not exist yet.
    check: 'role-is-member',
    query: sql`select m.member::regrole || ' in ' || m.roleid::regrole as object
      from pg_auth_members m
      join pg_roles member on member.oid = m.member
      join pg_roles granted on granted.oid = m.roleid
      cross join lateral (
        select coalesce((to_jsonb(m) ->> 'set_option')::boolean, true) as may_become,
          coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, member.rolinherit) as inherits) as how
      where (member.rolname = any(${allRoles}) or granted.rolname = any(${allRoles}))
        and (how.inherits or how.may_become and not (member.rolname = 'sotto_migrate' and granted.rolname = 'sotto_finder'))`,
  },
  {
    check: 'create-allowed',
    query: sql`select 'schema ' || n.nspname as object
      from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
      where a.privilege_type = 'CREATE' and ${isRuntimeGrantee}
      union all
      select 'database ' || a.privilege_type
      from pg_database b, aclexplode(coalesce(b.datacl, acldefault('d', b.datdba))) a
      where b.datname = current_database() and a.privilege_type in ('CREATE', 'TEMPORARY') and ${isRuntimeGrantee}`,
  },
];
