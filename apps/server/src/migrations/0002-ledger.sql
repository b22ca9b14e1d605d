-- The ledger: every sum that WeChat Pay may collect, and every movement of money that it reports.

-- 分: never negative, never fractional, at most one billion yuan.
create domain fen as bigint check (value between 0 and 100000000000);

-- The moves that rows may make. The same tables stand in code (states.ts); a test compares the two.
create table state_transition (
  entity text not null,
  from_state text not null,
  to_state text not null,
  primary key (entity, from_state, to_state)
);

insert into state_transition (entity, from_state, to_state) values
  ('charge', 'opened', 'closing'),
  ('charge', 'opened', 'closed'),
  ('charge', 'opened', 'succeeded'),
  ('charge', 'closing', 'closed'),
  ('charge', 'closing', 'succeeded'),
  -- WeChat Pay collected it after all: the money is recorded, the order is not revived.
  ('charge', 'closed', 'succeeded');

create function guard_transition() returns trigger language plpgsql as $$
begin
  if new.state is distinct from old.state and not exists (
    select from state_transition
    where entity = tg_argv[0] and from_state = old.state and to_state = new.state
  ) then
    raise exception '% % may not move from % to %', tg_argv[0], old.id, old.state, new.state using errcode = 'ZP001';
  end if;
  return new;
end $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: its rows are evidence', lower(tg_op), tg_table_name using errcode = 'ZP002';
end $$;

-- One sum that WeChat Pay may collect, whichever product asks for it.
create table charge (
  id uuid primary key,
  source text not null check (source in ('payments')),
  purpose text not null check (purpose in ('order')),
  subject_id uuid not null,
  mchid text not null,
  out_trade_no text not null check (out_trade_no ~ '^[0-9A-Za-z_|*-]{6,32}$'),
  appid text not null,
  openid text not null,
  amount_fen fen not null check (amount_fen > 0),
  currency text not null check (currency = 'CNY'),
  description text not null check (char_length(description) between 1 and 127),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),

  state text not null default 'opened' check (state in ('opened', 'closing', 'closed', 'succeeded')),
  -- What the money did: it paid its subject, or it waits to go back.
  settlement text check (settlement in ('settled', 'paid_after_close', 'paid_twice')),
  transaction_id text,
  success_time timestamptz,
  refund_reserved_fen fen not null default 0,
  refund_count int not null default 0 check (refund_count between 0 and 50),

  -- The last question to WeChat Pay had no answer.
  unconfirmed boolean not null default false,
  next_query_at timestamptz,
  query_count int not null default 0 check (query_count >= 0),

  unique (mchid, out_trade_no),
  unique (id, subject_id),
  constraint charge_success_has_evidence check (
    (state = 'succeeded') = (transaction_id is not null)
    and (state = 'succeeded') = (success_time is not null)
    and (state = 'succeeded') = (settlement is not null)
  ),
  constraint charge_live_is_queried check ((state in ('opened', 'closing')) = (next_query_at is not null)),
  constraint charge_refunds_within_amount check (refund_reserved_fen <= amount_fen),
  constraint charge_refunds_need_success check (state = 'succeeded' or (refund_reserved_fen = 0 and refund_count = 0))
);

create unique index charge_one_live on charge (purpose, subject_id) where state in ('opened', 'closing');
create unique index charge_one_settled on charge (purpose, subject_id) where settlement = 'settled';
create unique index charge_one_transaction on charge (transaction_id);
create index charge_by_subject on charge (subject_id, id desc);
create index charge_due on charge (next_query_at) where state in ('opened', 'closing');

create trigger charge_moves_forward before update of state on charge
  for each row execute function guard_transition('charge');
create trigger charge_is_fixed before update of
  id, source, purpose, subject_id, mchid, out_trade_no, appid, openid, amount_fen, currency, description, created_at,
  expires_at on charge for each row execute function refuse_change();
create trigger charge_stays before delete on charge for each row execute function refuse_change();

-- One row per real movement of money; joins the rows of WeChat Pay's bill one to one.
create table movement (
  kind text not null check (kind in ('payment', 'refund')),
  -- transaction_id or refund_id
  provider_ref text not null,
  mchid text not null,
  charge_id uuid not null references charge (id),
  amount_fen bigint not null check (abs(amount_fen) <= 100000000000),
  proof text not null check (proof in ('notification', 'query', 'bill')),
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (kind, provider_ref),
  constraint movement_has_a_direction check ((kind = 'payment') = (amount_fen > 0) and amount_fen <> 0)
);
create unique index movement_one_payment on movement (charge_id) where kind = 'payment';
create index movement_by_charge on movement (charge_id);
create trigger movement_stays before update or delete on movement for each row execute function refuse_change();

-- Money that must go back by itself: at most one automatic refund per charge.
create table refund_intent (
  charge_id uuid primary key references charge (id),
  cause text not null check (cause in ('paid_after_close', 'paid_twice')),
  amount_fen fen not null check (amount_fen > 0),
  state text not null default 'waiting' check (state in ('waiting')),
  created_at timestamptz not null
);

-- What does not fit our books and needs a person.
create table anomaly (
  kind text not null,
  mchid text not null,
  out_trade_no text not null,
  detail jsonb not null,
  times int not null default 1 check (times > 0),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (kind, mchid, out_trade_no)
);
