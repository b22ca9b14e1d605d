-- Order shipping (发货信息管理): the access token that all processes share, and what WeChat has to hear of fulfilled orders.

create table access_token (
  appid text primary key,
  -- Worth something for two hours at most; the AppSecret that makes new ones is not here.
  token text check (char_length(token) between 1 and 2048),
  expires_at timestamptz,
  -- Somebody is asking WeChat for another one until then; others use the old one, or wait.
  refreshing_until timestamptz,
  constraint access_token_expires check ((token is null) = (expires_at is null))
);

insert into state_transition (entity, from_state, to_state) values
  ('shipment', 'waiting', 'uploaded'),
  ('shipment', 'waiting', 'refused'),
  ('shipment', 'waiting', 'skipped');

create table shipment (
  id uuid primary key,
  charge_id uuid not null unique references charge (id),
  fulfilled_at timestamptz not null,
  -- The request as sent, fixed before the first attempt: a repeated one changes nothing at WeChat.
  body text,
  state text not null default 'waiting' check (state in ('waiting', 'uploaded', 'refused', 'skipped')),
  attempts int not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz,
  -- What WeChat last said, if not yes.
  errcode int,
  finished_at timestamptz,
  constraint shipment_attempt_has_a_body check (attempts = 0 or body is not null),
  constraint shipment_waiting_is_due check ((state = 'waiting') = (next_attempt_at is not null)),
  constraint shipment_finished_has_a_time check ((state = 'waiting') = (finished_at is null)),
  constraint shipment_refused_has_a_reason check (state <> 'refused' or errcode is not null)
);
create index shipment_due on shipment (next_attempt_at) where state = 'waiting';

create trigger shipment_moves_forward before update of state on shipment
  for each row execute function guard_transition('shipment');
create trigger shipment_is_fixed before update of id, charge_id, fulfilled_at on shipment
  for each row execute function refuse_change();
create trigger shipment_body_is_fixed before update of body on shipment
  for each row when (old.body is not null and new.body is distinct from old.body) execute function refuse_change();
create trigger shipment_stays before delete on shipment for each row execute function refuse_change();

-- The outbox: in the transaction that fulfils, whoever does it, so that no fulfilled order is missed.
create function plan_shipment() returns trigger language plpgsql as $$
begin
  insert into shipment (id, charge_id, fulfilled_at, next_attempt_at)
  select gen_random_uuid(), paid_charge_id, new.granted_at, new.granted_at
  from orders where id = new.order_id and paid_charge_id is not null;
  return null;
end $$;

create trigger fulfilment_is_shipped after insert on fulfilment for each row execute function plan_shipment();
