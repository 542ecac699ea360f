-- The product signs in to itself to see whether it keeps its promises. Those who do are nobody: they count for nothing
-- where it is asked whether anybody is here.
alter table app.identities add column kind text not null default 'person' check (kind in ('person', 'canary'));
comment on column app.identities.kind is 'operational: a person, or one of the product''s own that tries its doors';
