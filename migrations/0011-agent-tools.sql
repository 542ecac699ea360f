-- Tools that an agent has only when its business names them.
alter table app.agents add column tools jsonb not null default '[]';
comment on column app.agents.tools is 'business: tools it has besides those that every agent has';
