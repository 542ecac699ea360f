-- Live voice: an agent may talk through a speech model, and may record.
alter table app.agents drop constraint agents_speech_check;
alter table app.agents add constraint agents_speech_check check (speech in ('live', 'relay', 'gather'));
alter table app.agents add column record boolean not null default false;
alter table app.agents add column voice text;
comment on column app.agents.speech is 'operational: who speaks for us: a speech model, or the carrier';
comment on column app.agents.record is 'business: whether calls are recorded';
comment on column app.agents.voice is 'business: the vendor''s name of the voice';

create table app.model_credentials (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  vendor text not null,
  key bytea not null,
  base_url text,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, vendor)
);
comment on table app.model_credentials is 'owner: safeguards/accounts';
comment on column app.model_credentials.organisation_id is 'id: the tenant';
comment on column app.model_credentials.id is 'id: the credential';
comment on column app.model_credentials.vendor is 'operational: file name of the model';
comment on column app.model_credentials.key is 'secret: the organisation''s own key at the vendor';
comment on column app.model_credentials.base_url is 'business: another origin than the vendor''s own';
comment on column app.model_credentials.created_at is 'operational: when it was connected';
select sec.protect('app.model_credentials', 'select, insert, update, delete');

-- What the vendor of the model bills for a call.
alter table app.calls add column input_tokens bigint not null default 0;
alter table app.calls add column output_tokens bigint not null default 0;
alter table app.calls add column audio_seconds double precision not null default 0;
comment on column app.calls.input_tokens is 'operational: tokens that the model took in';
comment on column app.calls.output_tokens is 'operational: tokens that the model gave out';
comment on column app.calls.audio_seconds is 'operational: seconds of audio that were transcribed';
