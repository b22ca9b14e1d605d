-- Refunds: money of a charge that goes back, whoever asked for it.

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
  -- It began as a proposal: without a second person it goes nowhere.
  needs_approval boolean not null,
  approved_by text,
  created_at timestamptz not null,

  state text not null check (
    state in ('proposed', 'declined', 'waiting', 'withdrawn', 'processing', 'abnormal', 'succeeded', 'closed')
  ),
  -- The request as first sent, since when WeChat Pay may have it. Repeated byte for byte, or WeChat Pay refuses it.
  request text,
  -- Somebody is sending it until then; others wait.
  sending_until timestamptz,
  -- Why WeChat Pay does not take it, or why it takes so long.
  problem text,
  refund_id text,
  -- When we learned that WeChat Pay has it.
  accepted_at timestamptz,
  success_time timestamptz,
  -- 退款入账账户, as WeChat Pay words it.
  received_account text,
  -- 发起异常退款 was sent since it became abnormal.
  resent_at timestamptz,
  next_query_at timestamptz,
  query_count int not null default 0 check (query_count >= 0),

  unique (mchid, out_refund_no),
  constraint refund_success_has_evidence check ((state = 'succeeded') = (success_time is not null)),
  constraint refund_accepted_has_a_number check (
    (state in ('processing', 'abnormal', 'succeeded', 'closed')) = (refund_id is not null)
    and (refund_id is null) = (accepted_at is null)
  ),
  constraint refund_under_way_is_queried check (
    (state in ('waiting', 'processing', 'abnormal')) = (next_query_at is not null)
  ),
  constraint refund_proposed_needs_approval check (state not in ('proposed', 'declined') or needs_approval),
  constraint refund_goes_with_approval check (
    (needs_approval and state not in ('proposed', 'declined')) = (approved_by is not null)
  ),
  constraint refund_approved_by_another check (approved_by is null or approved_by <> requested_by),
  constraint refund_person_asked check (not needs_approval or requested_by is not null),
  constraint refund_sent_after_approval check (state not in ('proposed', 'declined') or request is null)
);

create unique index refund_one_number on refund (refund_id);
-- Money that WeChat Pay collected by mistake goes back by itself, once.
create unique index refund_one_automatic on refund (charge_id) where cause in ('paid_after_close', 'paid_twice');
create index refund_by_charge on refund (charge_id);
create index refund_by_state on refund (state, id desc);
create index refund_due on refund (next_query_at) where state in ('waiting', 'processing', 'abnormal');

create trigger refund_moves_forward before update of state on refund
  for each row execute function guard_transition('refund');
create trigger refund_is_fixed before update of
  id, charge_id, mchid, out_refund_no, cause, amount_fen, reason, requested_by, needs_approval, created_at on refund
  for each row execute function refuse_change();
create trigger refund_request_is_fixed before update of request on refund
  for each row when (old.request is not null and new.request is distinct from old.request)
  execute function refuse_change();
create trigger refund_number_is_fixed before update of refund_id on refund
  for each row when (old.refund_id is not null and new.refund_id is distinct from old.refund_id)
  execute function refuse_change();
create trigger refund_stays before delete on refund for each row execute function refuse_change();

-- What waited to go back, goes now. Its sum is reserved already.
insert into refund (
  id, charge_id, mchid, out_refund_no, cause, amount_fen, reason, needs_approval, created_at, state, next_query_at
)
select
  made.id, intent.charge_id, charge.mchid, 'R' || replace(made.id::text, '-', ''), intent.cause, intent.amount_fen,
  case intent.cause when 'paid_twice' then '重复支付退款' else '订单已关闭退款' end,
  false, intent.created_at, 'waiting', intent.created_at
from (select charge_id, gen_random_uuid() as id from refund_intent) made
join refund_intent intent using (charge_id)
join charge on charge.id = intent.charge_id;

drop table refund_intent;
