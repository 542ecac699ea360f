-- Tries at the second factor are counted apart: whoever guesses passwords at an address that they know must not keep its
-- owner from the codes that follow a link.
alter table app.sign_in_tries drop constraint sign_in_tries_kind_check;
alter table app.sign_in_tries add constraint sign_in_tries_kind_check
  check (kind in ('account', 'second-factor', 'address', 'network'));
comment on column app.sign_in_tries.kind is 'operational: account, its second factor, sender''s address or its network';
