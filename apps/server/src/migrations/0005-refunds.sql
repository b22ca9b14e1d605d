-- Refunds: money of a charge that goes back, whoever asked for it.

drop table refund_intent;

insert into state_transition (entity, from_state, to_state) values
  ('refund', 'proposed', 'waiting'),
  ('refund', 'proposed', 'declined'),
  ('refund', 'waiting', 'withdrawn'),
  ('refund', 'waiting', 'processing'),
  ('refund', 'waiting', 'abnormal'),
  ('refund', 'waiting', 'succeeded'),
  ('refund', 'waiting', 'closed'),
  -- Given up because WeChat Pay did not know it, and then it did.
  ('refund', 'withdrawn', 'processing'),
  ('refund', 'withdrawn', 'abnormal'),
  ('refund', 'withdrawn', 'succeeded'),
  ('refund', 'withdrawn', 'closed'),
  ('refund', 'processing', 'abnormal'),
  ('refund', 'processing', 'succeeded'),
  ('refund', 'processing', 'closed'),
  ('refund', 'abnormal', 'processing'),
  ('refund', 'abnormal', 'succeeded'),
  ('refund', 'abnormal', 'closed');

create table refund (
  id uuid primary key,
  charge_id uuid not null references charge (id),
  mchid text not null,
  out_refund_no text not null check (out_refund_no ~ '^[0-9A-Za-z_|*@-]{1,64}$'),
  cause text not null check (cause in ('merchant', 'shopper', 'paid_after_close', 'paid_twice', 'foreign')),
  amount_fen fen not null check (amount_fen > 0),
  reason text check (char_length(reason) between 1 and 80),
  -- Persons of merchant keys; nobody asks for an automatic or a foreign one.
  requested_by text,
  approved_by text,
  created_at timestamptz not null,

  state text not null default 'waiting' check (
    state in ('proposed', 'declined', 'waiting', 'withdrawn', 'processing', 'abnormal', 'succeeded', 'closed')
  ),
  refund_id text,
  success_time timestamptz,
  -- 退款入账账户, as WeChat Pay words it.
  received_account text,
  -- Why WeChat Pay does not take it.
  problem text,
  -- Somebody is sending it until then; others wait.
  sending_until timestamptz,
  next_query_at timestamptz,
  query_count int not null default 0 check (query_count >= 0),

  unique (mchid, out_refund_no),
  constraint refund_success_has_evidence check ((state = 'succeeded') = (success_time is not null)),
  constraint refund_accepted_has_a_number check (
    state not in ('processing', 'abnormal', 'succeeded', 'closed') or refund_id is not null
  ),
  constraint refund_under_way_is_queried check (
    (state in ('waiting', 'processing', 'abnormal')) = (next_query_at is not null)
  ),
  constraint refund_approved_by_another check (approved_by is distinct from requested_by or approved_by is null)
);

create unique index refund_one_number on refund (refund_id);
-- Money that WeChat Pay collected by mistake goes back by itself, once.
create unique index refund_one_automatic on refund (charge_id) where cause in ('paid_after_close', 'paid_twice');
create index refund_by_charge on refund (charge_id);
create index refund_due on refund (next_query_at) where state in ('waiting', 'processing', 'abnormal');

create trigger refund_moves_forward before update of state on refund
  for each row execute function guard_transition('refund');
create trigger refund_is_fixed before update of
  id, charge_id, mchid, out_refund_no, cause, amount_fen, reason, requested_by, created_at on refund
  for each row execute function refuse_change();
create trigger refund_stays before delete on refund for each row execute function refuse_change();
