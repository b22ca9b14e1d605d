-- The merchant API: who may use it, and what they did.

create table merchant_key (
  id uuid primary key,
  -- Two keys of one person are one person: who proposed a refund does not approve it with another key.
  person text not null check (char_length(person) between 1 and 64),
  name text not null check (char_length(name) between 1 and 64),
  key_sha256 bytea not null unique check (octet_length(key_sha256) = 32),
  scopes text[] not null check (cardinality(scopes) > 0),
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz check (expires_at > created_at),
  revoked_at timestamptz,
  last_used_at timestamptz
);
create trigger merchant_key_is_fixed before update of
  id, person, name, key_sha256, scopes, created_at, created_by, expires_at on merchant_key
  for each row execute function refuse_change();
create trigger merchant_key_revoked_for_ever before update of revoked_at on merchant_key
  for each row when (old.revoked_at is not null) execute function refuse_change();
create trigger merchant_key_stays before delete on merchant_key for each row execute function refuse_change();

-- Who did what. A row is written in the transaction of what it tells.
create table audit_entry (
  id uuid primary key,
  at timestamptz not null,
  person text not null check (char_length(person) between 1 and 64),
  key_id uuid references merchant_key (id),
  action text not null check (action ~ '^[a-z-]+\.[a-z-]+$'),
  subject text not null check (char_length(subject) between 1 and 64),
  detail jsonb not null,
  request_id text
);
create index audit_entry_by_subject on audit_entry (subject, id desc);
create trigger audit_entry_stays before update or delete on audit_entry for each row execute function refuse_change();
create trigger audit_entry_is_not_emptied before truncate on audit_entry
  for each statement execute function refuse_change();

-- A chain over the entries: who changes one behind the triggers' back changes all hashes after it.
create table audit_seal (
  number bigint generated always as identity primary key,
  entry_id uuid not null unique references audit_entry (id),
  sha256 bytea not null check (octet_length(sha256) = 32)
);
create trigger audit_seal_stays before update or delete on audit_seal for each row execute function refuse_change();
create trigger audit_seal_is_not_emptied before truncate on audit_seal
  for each statement execute function refuse_change();

-- Idempotency-Keys of merchants too: the owner is the id of a shopper, or "person " and the person of a merchant key.
alter table idempotency_key drop constraint idempotency_key_user_id_fkey;
alter table idempotency_key rename column user_id to owner;
alter table idempotency_key alter column owner type text;

-- Orders of everybody, newest first, also of one state.
create index orders_by_state on orders (state, id desc);
