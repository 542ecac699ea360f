-- What somebody shows besides a password or a link, and sign-ins that another provider vouches for.

-- Secrets of authenticator apps: at most one that counts, and one that is being set up.
create table app.totp_secrets (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  identity_id uuid not null,
  secret bytea not null,
  last_step bigint,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, identity_id) references app.identities (organisation_id, id) on delete cascade
);
comment on table app.totp_secrets is 'owner: safeguards/factors';
comment on column app.totp_secrets.organisation_id is 'id: the instance';
comment on column app.totp_secrets.id is 'id: the authenticator';
comment on column app.totp_secrets.identity_id is 'id: whose it is';
comment on column app.totp_secrets.secret is 'secret: what the codes are made from (RFC 6238), sealed';
comment on column app.totp_secrets.last_step is 'operational: the latest half minute whose code was used; earlier ones are dead';
comment on column app.totp_secrets.created_at is 'operational: when it was shown';
comment on column app.totp_secrets.confirmed_at is 'operational: when a right code came back; null while it does not count';
create unique index totp_secrets_in_use on app.totp_secrets (organisation_id, identity_id) where confirmed_at is not null;
create unique index totp_secrets_begun on app.totp_secrets (organisation_id, identity_id) where confirmed_at is null;
select sec.protect('app.totp_secrets', 'select, insert, update, delete');

-- Codes for whoever has lost the rest. A used one is gone.
create table app.recovery_codes (
  organisation_id uuid not null references app.organisations (id),
  identity_id uuid not null,
  code_hash bytea not null,
  created_at timestamptz not null,
  primary key (organisation_id, identity_id, code_hash),
  foreign key (organisation_id, identity_id) references app.identities (organisation_id, id) on delete cascade
);
comment on table app.recovery_codes is 'owner: safeguards/factors';
comment on column app.recovery_codes.organisation_id is 'id: the instance';
comment on column app.recovery_codes.identity_id is 'id: whose it is';
comment on column app.recovery_codes.code_hash is 'index: keyed hash of the code';
comment on column app.recovery_codes.created_at is 'operational: when it was made';
select sec.protect('app.recovery_codes', 'select, insert, delete');

create table app.passkeys (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  identity_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  is_synced boolean not null,
  name bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, credential_id),
  foreign key (organisation_id, identity_id) references app.identities (organisation_id, id) on delete cascade
);
comment on table app.passkeys is 'owner: safeguards/factors';
comment on column app.passkeys.organisation_id is 'id: the instance';
comment on column app.passkeys.id is 'id: the passkey';
comment on column app.passkeys.identity_id is 'id: whose it is';
comment on column app.passkeys.credential_id is 'index: what the authenticator calls it (WebAuthn §4, credential ID)';
comment on column app.passkeys.public_key is 'operational: its public key, as COSE';
comment on column app.passkeys.counter is 'operational: how often the authenticator says it was used; 0 when it does not count';
comment on column app.passkeys.transports is 'operational: how browsers reach it';
comment on column app.passkeys.is_synced is 'operational: whether its maker keeps copies on several devices';
comment on column app.passkeys.name is 'personal: what its owner calls it';
comment on column app.passkeys.created_at is 'operational: when it was added';
comment on column app.passkeys.last_used_at is 'operational: when it was last shown';
create index passkeys_of_identity on app.passkeys (organisation_id, identity_id);
select sec.protect('app.passkeys', 'select, insert, update, delete');

-- What an authenticator is asked to sign. Whoever comes first with the answer takes the row with them.
create table app.passkey_challenges (
  organisation_id uuid not null references app.organisations (id),
  challenge_hash bytea not null,
  expires_at timestamptz not null,
  primary key (organisation_id, challenge_hash)
);
comment on table app.passkey_challenges is 'owner: safeguards/factors';
comment on column app.passkey_challenges.organisation_id is 'id: the instance';
comment on column app.passkey_challenges.challenge_hash is 'index: keyed hash of the challenge, what it is for and for whom';
comment on column app.passkey_challenges.expires_at is 'operational: when it ends unanswered';
create index passkey_challenges_by_end on app.passkey_challenges (organisation_id, expires_at);
select sec.protect('app.passkey_challenges', 'select, insert, delete');

-- Accounts at other providers that sign somebody in. Issuer and subject name one (OpenID Connect Core §2), never an address.
create table app.outside_identities (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  identity_id uuid not null,
  provider text not null,
  subject_hash bytea not null,
  label bytea,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, subject_hash),
  foreign key (organisation_id, identity_id) references app.identities (organisation_id, id) on delete cascade
);
comment on table app.outside_identities is 'owner: safeguards/factors';
comment on column app.outside_identities.organisation_id is 'id: the instance';
comment on column app.outside_identities.id is 'id: the link';
comment on column app.outside_identities.identity_id is 'id: who signs in with it';
comment on column app.outside_identities.provider is 'operational: google or oidc';
comment on column app.outside_identities.subject_hash is 'index: keyed hash of issuer and subject';
comment on column app.outside_identities.label is 'personal: the address it has there, so that its owner knows it again';
comment on column app.outside_identities.linked_at is 'operational: when it was linked';
comment on column app.outside_identities.last_used_at is 'operational: when it last signed in';
create index outside_identities_of_identity on app.outside_identities (organisation_id, identity_id);
select sec.protect('app.outside_identities', 'select, insert, update, delete');

-- Browsers that were sent to another provider and have not come back. State, nonce and PKCE verifier follow from the
-- token in the browser's cookie and are stored nowhere.
create table app.outside_flows (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  token_hash bytea not null,
  provider text not null,
  purpose text not null check (purpose in ('sign-in', 'sign-up', 'link')),
  identity_id uuid,
  session_id uuid,
  request bytea not null,
  expires_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, token_hash),
  foreign key (organisation_id, identity_id) references app.identities (organisation_id, id) on delete cascade,
  check ((purpose = 'link') = (num_nonnulls(identity_id, session_id) = 2))
);
comment on table app.outside_flows is 'owner: safeguards/factors';
comment on column app.outside_flows.organisation_id is 'id: the instance';
comment on column app.outside_flows.id is 'id: the flow, and the organisation that a sign-up makes';
comment on column app.outside_flows.token_hash is 'index: keyed hash of the token in the cookie';
comment on column app.outside_flows.provider is 'operational: who was asked';
comment on column app.outside_flows.purpose is 'operational: what follows from the answer';
comment on column app.outside_flows.identity_id is 'id: who links an account';
comment on column app.outside_flows.session_id is 'id: the session in which they do';
comment on column app.outside_flows.request is 'personal: where the browser goes afterwards, and for a sign-up what was filled in';
comment on column app.outside_flows.expires_at is 'operational: when it ends unfinished';
create index outside_flows_by_end on app.outside_flows (organisation_id, expires_at);
select sec.protect('app.outside_flows', 'select, insert, delete');
