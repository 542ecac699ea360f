-- That a call lost its speech model, so that it can be looked at from outside whether it went on.
alter table app.calls add column model_lost_at timestamptz;
comment on column app.calls.model_lost_at is 'operational: when its speech model was lost for good';
create index calls_model_lost on app.calls (organisation_id, model_lost_at) where model_lost_at is not null;
