-- What serves every product: who is logged in, which requests were answered, which notifications came.

create table wechat_user (
  id uuid primary key,
  appid text not null,
  openid text not null,
  created_at timestamptz not null,
  -- An openid means something only together with its AppID.
  unique (appid, openid)
);

create table session (
  token_sha256 bytea primary key check (octet_length(token_sha256) = 32),
  user_id uuid not null references wechat_user (id) on delete cascade,
  created_at timestamptz not null,
  last_used_at timestamptz not null check (last_used_at >= created_at)
);
create index session_of_user on session (user_id);
create index session_by_age on session (created_at);

create table idempotency_key (
  user_id uuid not null references wechat_user (id) on delete cascade,
  key text not null check (key ~ '^[A-Za-z0-9_-]{16,128}$'),
  request_sha256 bytea not null check (octet_length(request_sha256) = 32),
  -- json, not jsonb: repeated exactly as it was written.
  answer json,
  created_at timestamptz not null,
  primary key (user_id, key)
);
create index idempotency_key_by_age on idempotency_key (created_at);

create table notification_inbox (
  mchid text not null,
  notify_id text not null check (char_length(notify_id) between 1 and 128),
  kind text not null,
  event_type text not null,
  create_time text not null,
  -- json, not jsonb: it holds whatever WeChat Pay may send, NUL characters too.
  resource json not null,
  body bytea not null check (octet_length(body) <= 65536),
  serial text not null,
  state text not null check (state in ('pending', 'processed', 'ignored', 'dead')),
  attempts int not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz,
  received_at timestamptz not null,
  finished_at timestamptz,
  primary key (mchid, notify_id),
  constraint inbox_pending_is_due check ((state = 'pending') = (next_attempt_at is not null)),
  constraint inbox_finished_has_a_time check ((state = 'pending') = (finished_at is null))
);
create index notification_inbox_due on notification_inbox (next_attempt_at) where state = 'pending';
create index notification_inbox_by_age on notification_inbox (received_at);
