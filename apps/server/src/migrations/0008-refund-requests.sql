-- What shoppers asked for; the shop decides.

insert into state_transition (entity, from_state, to_state) values
  ('refund_request', 'requested', 'approved'),
  ('refund_request', 'requested', 'declined');

create table refund_request (
  id uuid primary key,
  order_id uuid not null references orders (id),
  amount_fen fen not null check (amount_fen > 0),
  reason text not null check (char_length(reason) between 1 and 80),
  created_at timestamptz not null,

  state text not null default 'requested' check (state in ('requested', 'approved', 'declined')),
  -- The shop's answer to a declined one.
  note text check (char_length(note) between 1 and 120),
  -- The person of a merchant key; null when it went by itself.
  decided_by text,
  decided_at timestamptz,
  refund_id uuid unique references refund (id),

  constraint refund_request_decision_has_a_time check ((state = 'requested') = (decided_at is null)),
  constraint refund_request_approved_is_refunded check ((state = 'approved') = (refund_id is not null)),
  constraint refund_request_declined_says_why check ((state = 'declined') = (note is not null))
);
create unique index refund_request_one_open on refund_request (order_id) where state = 'requested';
create index refund_request_by_order on refund_request (order_id, id desc);
create index refund_request_by_state on refund_request (state, id desc);

create trigger refund_request_moves_forward before update of state on refund_request
  for each row execute function guard_transition('refund_request');
create trigger refund_request_is_fixed before update of id, order_id, amount_fen, reason, created_at on refund_request
  for each row execute function refuse_change();
create trigger refund_request_stays before delete on refund_request for each row execute function refuse_change();
