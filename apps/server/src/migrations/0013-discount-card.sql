-- Discount cards (先享卡): the discount is enjoyed first, the promise is kept later; who does not keep it pays it back.

-- A card is a third thing that a sum may be collected for: by WeChat Pay, without an end, never asked for by us.
alter table charge
  drop constraint charge_source_check, drop constraint charge_purpose_check, drop constraint charge_source_fits_purpose;
alter table charge
  add constraint charge_source_check check (source in ('payments', 'payscore', 'discount-card')),
  add constraint charge_purpose_check check (purpose in ('order', 'lesson', 'card')),
  add constraint charge_source_fits_purpose check (
    purpose = case source when 'payments' then 'order' when 'payscore' then 'lesson' else 'card' end
  );

-- What a card, or whatever else, took off the prices of the order.
alter table orders
  add column discount_fen fen not null default 0,
  add column discount_name text check (char_length(discount_name) between 1 and 20),
  add constraint order_discount_has_a_name check ((discount_fen > 0) = (discount_name is not null));
drop trigger order_is_fixed on orders;
create trigger order_is_fixed before update of
  id, user_id, mchid, appid, openid, amount_fen, discount_fen, discount_name, description, goods_tag, attach,
  created_at, expires_at on orders for each row execute function refuse_change();

-- What counts for the cards of who paid.
create index orders_paid_of_openid on orders (openid, paid_at) where state = 'paid';

-- 核销: what was bought was used.
create table service_use (
  id uuid primary key,
  order_id uuid not null,
  goods_id text not null,
  quantity int not null check (quantity > 0),
  used_at timestamptz not null,
  used_by text not null,
  undone_at timestamptz,
  undone_by text,
  foreign key (order_id, goods_id) references order_item (order_id, goods_id),
  constraint service_use_undone_by_somebody check ((undone_at is null) = (undone_by is null))
);
create index service_use_of_order on service_use (order_id, id);
create trigger service_use_is_fixed before update of id, order_id, goods_id, quantity, used_at, used_by on service_use
  for each row execute function refuse_change();
create trigger service_use_stays before delete on service_use for each row execute function refuse_change();

-- Of a paid order, and no more than it has. The caller holds the lock of the order.
create function guard_service_use() returns trigger language plpgsql as $$
begin
  if not exists (select from orders where id = new.order_id and state = 'paid') then
    raise exception 'order % is not paid: nothing of it can be used', new.order_id using errcode = 'ZP003';
  end if;
  if (select coalesce(sum(quantity), 0) from service_use
      where order_id = new.order_id and goods_id = new.goods_id and undone_at is null) + new.quantity
    > (select quantity from order_item where order_id = new.order_id and goods_id = new.goods_id) then
    raise exception 'order % has less of % than is used', new.order_id, new.goods_id using errcode = 'ZP003';
  end if;
  return new;
end $$;
create trigger service_use_is_bought before insert on service_use
  for each row execute function guard_service_use();

insert into state_transition (entity, from_state, to_state) values ('card_template', 'on_offer', 'withdrawn');

-- 先享卡模板: made by WeChat's staff from a form of the shop's; this says what the shop does with it.
create table card_template (
  id uuid primary key,
  mchid text not null,
  appid text not null,
  card_template_id text not null check (char_length(card_template_id) between 1 and 64),
  name text not null check (char_length(name) between 1 and 20),
  description text check (char_length(description) between 1 and 120),
  -- What shoppers read before they take it. Once it is taken, WeChat's own times count.
  duration_days int not null check (duration_days > 0),
  created_at timestamptz not null,
  state text not null default 'on_offer' check (state in ('on_offer', 'withdrawn')),
  withdrawn_at timestamptz,
  unique (mchid, card_template_id),
  constraint card_template_withdrawn_has_a_time check ((state = 'withdrawn') = (withdrawn_at is not null))
);
create trigger card_template_moves_forward before update of state on card_template
  for each row execute function guard_transition('card_template');
create trigger card_template_is_fixed before update of
  id, mchid, appid, card_template_id, name, description, duration_days, created_at on card_template
  for each row execute function refuse_change();
create trigger card_template_stays before delete on card_template for each row execute function refuse_change();

-- 目标, by the name that it has at WeChat Pay, and which of our events count for it.
create table card_template_goal (
  template_id uuid not null references card_template (id),
  number int not null check (number > 0),
  name text not null check (char_length(name) between 1 and 20),
  times int not null check (times > 0),
  unit text not null check (char_length(unit) between 1 and 5),
  -- orders: each paid order counts once. uses: each use (核销) of what was bought.
  counts text not null check (counts in ('orders', 'uses')),
  -- Null: whatever the shop sells.
  goods_ids text[] check (cardinality(goods_ids) > 0),
  primary key (template_id, number),
  unique (template_id, name)
);
create trigger card_template_goal_stays before update or delete on card_template_goal
  for each row execute function refuse_change();

-- 奖励, by the name that it has at WeChat Pay: so many per cent off, up to a sum in all.
create table card_template_reward (
  template_id uuid not null references card_template (id),
  number int not null check (number > 0),
  name text not null check (char_length(name) between 1 and 20),
  -- Null: COUNT_UNLIMITED.
  times int check (times > 0),
  unit text not null check (char_length(unit) between 1 and 5),
  amount_fen fen not null check (amount_fen > 0),
  percent_off int not null check (percent_off between 1 and 99),
  goods_ids text[] check (cardinality(goods_ids) > 0),
  primary key (template_id, number),
  unique (template_id, name)
);
create trigger card_template_reward_stays before update or delete on card_template_reward
  for each row execute function refuse_change();

insert into state_transition (entity, from_state, to_state) values
  ('card', 'preparing', 'prepared'),
  ('card', 'preparing', 'refused'),
  ('card', 'preparing', 'ongoing'),
  ('card', 'preparing', 'settling'),
  ('card', 'preparing', 'finished'),
  ('card', 'preparing', 'unfinished'),
  ('card', 'preparing', 'owing'),
  ('card', 'prepared', 'lapsed'),
  ('card', 'prepared', 'ongoing'),
  ('card', 'prepared', 'settling'),
  ('card', 'prepared', 'finished'),
  ('card', 'prepared', 'unfinished'),
  ('card', 'prepared', 'owing'),
  -- WeChat says that it was taken after all.
  ('card', 'refused', 'ongoing'),
  ('card', 'refused', 'settling'),
  ('card', 'refused', 'finished'),
  ('card', 'refused', 'unfinished'),
  ('card', 'refused', 'owing'),
  ('card', 'lapsed', 'ongoing'),
  ('card', 'lapsed', 'settling'),
  ('card', 'lapsed', 'finished'),
  ('card', 'lapsed', 'unfinished'),
  ('card', 'lapsed', 'owing'),
  ('card', 'ongoing', 'settling'),
  ('card', 'ongoing', 'finished'),
  ('card', 'ongoing', 'unfinished'),
  ('card', 'ongoing', 'owing'),
  ('card', 'settling', 'finished'),
  ('card', 'settling', 'unfinished'),
  ('card', 'settling', 'owing'),
  ('card', 'unfinished', 'owing'),
  ('card', 'owing', 'paid');

-- 先享卡订单. Who asks for it and who takes it may be two people: it belongs to `openid`.
create table card (
  id uuid primary key,
  template_id uuid not null references card_template (id),
  mchid text not null,
  appid text not null,
  out_card_code text not null check (out_card_code ~ '^[0-9A-Za-z_|*-]{1,32}$'),
  asked_by uuid not null,
  created_at timestamptz not null,
  -- The request as first sent: a repeated number must carry the same parameters.
  request text not null,

  state text not null default 'preparing' check (state in (
    'preparing', 'prepared', 'refused', 'lapsed', 'ongoing', 'settling', 'finished', 'unfinished', 'owing', 'paid'
  )),
  -- Opens WeChat's page, since then.
  token text check (char_length(token) between 1 and 256),
  token_at timestamptz,
  -- What WeChat Pay does not like.
  problem text check (char_length(problem) between 1 and 300),
  openid text,
  card_id text unique,
  taken_at timestamptz,
  begin_at timestamptz,
  end_at timestamptz,
  ended_at timestamptz,
  -- DUE_TO_QUIT, EARLY_QUIT, or what WeChat Pay says tomorrow: it must not keep money out of the books.
  unfinished_reason text check (char_length(unfinished_reason) between 1 and 32),
  -- What was enjoyed, as WeChat Pay last said.
  total_fen fen,
  paid_at timestamptz,
  paid_charge_id uuid,
  -- The last question to WeChat Pay had no answer.
  unconfirmed boolean not null default false,
  -- Somebody is asking or telling WeChat Pay until then; others wait.
  sending_until timestamptz,
  next_query_at timestamptz,
  query_count int not null default 0 check (query_count >= 0),
  -- Records wait to be told.
  next_send_at timestamptz,
  send_count int not null default 0 check (send_count >= 0),

  unique (mchid, out_card_code),
  constraint card_paid_by_own_charge foreign key (paid_charge_id, id) references charge (id, subject_id),
  constraint card_token_has_a_time check ((token is null) = (token_at is null)),
  constraint card_taken_has_a_holder check (
    state in ('preparing', 'prepared', 'refused', 'lapsed')
    or (openid is not null and card_id is not null and taken_at is not null and begin_at is not null and end_at is not null)
  ),
  constraint card_ended_has_a_time check (
    (state in ('finished', 'unfinished', 'owing', 'paid')) = (ended_at is not null)
  ),
  constraint card_reason_is_of_a_broken_promise check (
    unfinished_reason is null or state in ('unfinished', 'owing', 'paid')
  ),
  constraint card_owing_has_a_sum check (state not in ('owing', 'paid') or total_fen > 0),
  constraint card_paid_has_a_charge check (
    (state = 'paid') = (paid_at is not null) and (state = 'paid') = (paid_charge_id is not null)
  ),
  -- What is owed is asked about by its charge.
  constraint card_live_is_queried check (
    (state in ('preparing', 'prepared', 'ongoing', 'settling')
      or (state = 'unfinished' and total_fen is distinct from 0)) = (next_query_at is not null)
  ),
  constraint card_open_is_told check (next_send_at is null or state in ('ongoing', 'settling'))
);
-- Many taps, one card to take.
create unique index card_one_offered on card (template_id, asked_by) where state in ('preparing', 'prepared');
create index card_of_holder on card (openid, id desc) where openid is not null;
create index card_of_asker on card (asked_by, id desc);
create index card_of_template on card (template_id, id desc);
create index card_due on card (next_query_at) where next_query_at is not null;
create index card_to_tell on card (next_send_at) where next_send_at is not null;
create trigger card_moves_forward before update of state on card
  for each row execute function guard_transition('card');
create trigger card_is_fixed before update of
  id, template_id, mchid, appid, out_card_code, asked_by, created_at, request on card
  for each row execute function refuse_change();
-- What the first word about the holder said, every later one says.
create trigger card_holder_is_fixed before update of openid, card_id, taken_at on card for each row
  when (old.openid is not null and (new.openid, new.card_id, new.taken_at) is distinct from (old.openid, old.card_id, old.taken_at))
  execute function refuse_change();
create trigger card_stays before delete on card for each row execute function refuse_change();

-- Goals and rewards of one card, with the ids that WeChat Pay made for it; `number`: ours of that name, if there is one.
create table card_goal (
  card_id uuid not null references card (id),
  objective_id text not null,
  position int not null,
  number int,
  name text not null,
  times int not null,
  unit text not null,
  primary key (card_id, objective_id)
);
create trigger card_goal_stays before update or delete on card_goal for each row execute function refuse_change();
create table card_reward (
  card_id uuid not null references card (id),
  reward_id text not null,
  position int not null,
  number int,
  name text not null,
  times int,
  unit text not null,
  amount_fen fen not null,
  primary key (card_id, reward_id)
);
create trigger card_reward_stays before update or delete on card_reward for each row execute function refuse_change();

-- An order that a card made cheaper: the sum that the order lacks is the one that WeChat Pay is told.
create table card_order (
  order_id uuid primary key references orders (id),
  card_id uuid not null,
  reward_id text not null,
  discount_fen fen not null check (discount_fen > 0),
  foreign key (card_id, reward_id) references card_reward (card_id, reward_id)
);
create index card_order_of_card on card_order (card_id);
create trigger card_order_stays before update or delete on card_order for each row execute function refuse_change();
create function guard_card_order() returns trigger language plpgsql as $$
begin
  if not exists (
    select from orders, card
    where orders.id = new.order_id and card.id = new.card_id and card.state = 'ongoing'
      and orders.discount_fen = new.discount_fen and orders.openid = card.openid and orders.mchid = card.mchid
  ) then
    raise exception 'order % has another discount, or card % gives none', new.order_id, new.card_id using errcode = 'ZP003';
  end if;
  return new;
end $$;
create trigger card_order_fits before insert on card_order for each row execute function guard_card_order();

insert into state_transition (entity, from_state, to_state) values
  ('card_record', 'waiting', 'sending'),
  ('card_record', 'waiting', 'too_late'),
  ('card_record', 'sending', 'accepted'),
  ('card_record', 'sending', 'refused'),
  ('card_record', 'sending', 'too_late'),
  -- A person has seen to what WeChat Pay did not like.
  ('card_record', 'refused', 'waiting'),
  ('card_record', 'refused', 'accepted'),
  ('card_record', 'refused', 'too_late'),
  -- WeChat says that it has it.
  ('card_record', 'too_late', 'accepted');

-- 用户记录: what WeChat Pay is told about a card, one after another, each once. Never changed: a wrong one is followed by
-- its opposite and by a right one.
create table card_record (
  id uuid primary key,
  card_id uuid not null references card (id),
  number int not null check (number > 0),
  kind text not null check (kind in ('goal', 'reward')),
  -- Whichever kind it is of.
  objective_id text,
  reward_id text,
  serial_no text not null unique check (serial_no ~ '^[0-9A-Za-z]{1,32}$'),
  direction text not null check (direction in ('INCREASE', 'DECREASE')),
  times int not null check (times > 0),
  amount_fen fen check (amount_fen > 0),
  description text not null check (char_length(description) between 1 and 20),
  order_id uuid not null references orders (id),
  happened_at timestamptz not null,
  created_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'accepted', 'refused', 'too_late')),
  -- As first sent, and the same ever after.
  request text,
  problem text check (char_length(problem) between 1 and 300),
  accepted_at timestamptz,
  unique (card_id, number),
  foreign key (card_id, objective_id) references card_goal (card_id, objective_id),
  foreign key (card_id, reward_id) references card_reward (card_id, reward_id),
  constraint card_record_is_of_one_kind check (
    (kind = 'goal') = (objective_id is not null) and (kind = 'reward') = (reward_id is not null)
    and (kind = 'reward') = (amount_fen is not null)
  ),
  constraint card_record_sent_has_a_request check (state in ('waiting', 'too_late') or request is not null),
  constraint card_record_accepted_has_a_time check ((state = 'accepted') = (accepted_at is not null))
);
create index card_record_open on card_record (card_id, number) where state in ('waiting', 'sending', 'refused');
create index card_record_of_order on card_record (order_id);
create index card_record_too_late on card_record (created_at) where state = 'too_late';
create trigger card_record_moves_forward before update of state on card_record
  for each row execute function guard_transition('card_record');
create trigger card_record_is_fixed before update of
  id, card_id, number, kind, objective_id, reward_id, serial_no, direction, times, amount_fen, description, order_id,
  happened_at, created_at on card_record for each row execute function refuse_change();
create trigger card_record_request_is_fixed before update of request on card_record for each row
  when (old.request is not null and new.request is distinct from old.request) execute function refuse_change();
create trigger card_record_stays before delete on card_record for each row execute function refuse_change();

-- In order; per order never less than nothing, and never more than that order was given. What happens after the card has
-- ended is too late from the start. The caller holds the lock of the card.
create function guard_card_record() returns trigger language plpgsql as $$
declare
  is_open boolean;
  net_times bigint;
  net_fen bigint;
  total_fen bigint;
begin
  select state in ('ongoing', 'settling') into is_open from card where id = new.card_id and card_id is not null;
  if is_open is distinct from (new.state = 'waiting') or new.state not in ('waiting', 'too_late') then
    raise exception 'card % takes no such record', new.card_id using errcode = 'ZP003';
  end if;
  if new.number <> (select coalesce(max(number), 0) + 1 from card_record where card_id = new.card_id) then
    raise exception 'record % of card % is not the next one', new.number, new.card_id using errcode = 'ZP003';
  end if;
  select
    coalesce(sum(case when order_id = new.order_id then (case direction when 'INCREASE' then times else -times end) end), 0),
    coalesce(sum(case when order_id = new.order_id then (case direction when 'INCREASE' then amount_fen else -amount_fen end) end), 0),
    coalesce(sum(case direction when 'INCREASE' then amount_fen else -amount_fen end), 0)
  into net_times, net_fen, total_fen
  from card_record
  where card_id = new.card_id and kind = new.kind
    and objective_id is not distinct from new.objective_id and reward_id is not distinct from new.reward_id;
  net_times := net_times + case new.direction when 'INCREASE' then new.times else -new.times end;
  net_fen := net_fen + case new.direction when 'INCREASE' then coalesce(new.amount_fen, 0) else -coalesce(new.amount_fen, 0) end;
  total_fen := total_fen + case new.direction when 'INCREASE' then coalesce(new.amount_fen, 0) else -coalesce(new.amount_fen, 0) end;
  if net_times < 0 or net_fen < 0 then
    raise exception 'record % of card % takes back more than was told', new.number, new.card_id using errcode = 'ZP003';
  end if;
  if new.kind = 'reward' and (
    net_times > 1
    or net_fen > coalesce((select discount_fen from card_order where order_id = new.order_id and card_id = new.card_id), 0)
    or total_fen > (select amount_fen from card_reward where card_id = new.card_id and reward_id = new.reward_id)
  ) then
    raise exception 'record % of card % says more than was enjoyed', new.number, new.card_id using errcode = 'ZP003';
  end if;
  return new;
end $$;
create trigger card_record_fits before insert on card_record for each row execute function guard_card_record();
