-- Pay Score plans (支付分计划): courses on sale, who signed them, and each lesson with what it costs.

-- A lesson is a second thing that a sum may be collected for. WeChat deducts it without an end of its own.
alter table charge drop constraint charge_source_check, drop constraint charge_purpose_check;
alter table charge
  add constraint charge_source_check check (source in ('payments', 'payscore')),
  add constraint charge_purpose_check check (purpose in ('order', 'lesson')),
  add constraint charge_source_fits_purpose check ((source = 'payscore') = (purpose = 'lesson'));

-- 修改订单金额: somebody may lower a deduction in 商户平台 while WeChat tries. All other sums are fixed.
drop trigger charge_is_fixed on charge;
create trigger charge_is_fixed before update of
  id, source, purpose, subject_id, mchid, out_trade_no, appid, openid, currency, description, created_at,
  expires_at on charge for each row execute function refuse_change();
create trigger charge_sum_is_fixed before update of amount_fen on charge for each row
  when (
    new.amount_fen is distinct from old.amount_fen
    and not (old.source = 'payscore' and old.state in ('opened', 'closing') and new.amount_fen < old.amount_fen)
  ) execute function refuse_change();

insert into state_transition (entity, from_state, to_state) values
  ('plan', 'creating', 'on_sale'),
  ('plan', 'creating', 'refused'),
  ('plan', 'refused', 'on_sale'),
  ('plan', 'refused', 'stopped'),
  ('plan', 'creating', 'stopped'),
  ('plan', 'on_sale', 'stopping'),
  ('plan', 'on_sale', 'stopped'),
  ('plan', 'stopping', 'stopped');

create table plan (
  id uuid primary key,
  mchid text not null,
  appid text not null,
  service_id text not null check (char_length(service_id) between 1 and 32),
  merchant_plan_no text not null check (merchant_plan_no ~ '^[0-9A-Za-z_*-]{1,32}$'),
  name text not null check (char_length(name) between 1 and 20),
  -- Days, from the day of signing.
  duration_days int not null check (duration_days > 0),
  created_at timestamptz not null,
  -- The request as first sent: a repeated number must carry the same parameters.
  request text not null,

  state text not null default 'creating' check (state in ('creating', 'on_sale', 'refused', 'stopping', 'stopped')),
  plan_id text unique,
  -- What WeChat Pay does not like.
  problem text check (char_length(problem) between 1 and 300),
  stopped_at timestamptz,
  -- Somebody is asking WeChat Pay until then; others wait.
  sending_until timestamptz,
  next_query_at timestamptz,
  query_count int not null default 0 check (query_count >= 0),

  unique (mchid, merchant_plan_no),
  constraint plan_known_has_a_number check (state in ('creating', 'refused') or plan_id is not null),
  constraint plan_stopped_has_a_time check ((state = 'stopped') = (stopped_at is not null)),
  constraint plan_under_way_is_queried check ((state in ('creating', 'stopping')) = (next_query_at is not null))
);
create index plan_due on plan (next_query_at) where next_query_at is not null;
create trigger plan_moves_forward before update of state on plan
  for each row execute function guard_transition('plan');
create trigger plan_is_fixed before update of
  id, mchid, appid, service_id, merchant_plan_no, name, duration_days, created_at, request on plan
  for each row execute function refuse_change();
create trigger plan_stays before delete on plan for each row execute function refuse_change();

-- 计划详情: what each lesson of the plan costs, in the order in which they are taken.
create table plan_lesson (
  plan_id uuid not null references plan (id),
  number int not null check (number > 0),
  name text not null check (char_length(name) between 1 and 20),
  original_fen fen not null,
  price_fen fen not null,
  discount text check (char_length(discount) between 1 and 20),
  primary key (plan_id, number),
  constraint plan_lesson_is_no_dearer check (price_fen <= original_fen)
);
create trigger plan_lesson_stays before update or delete on plan_lesson
  for each row execute function refuse_change();

-- Numbered from 1 without gaps, none dearer than the one before. The rows of a plan come in this order.
create function guard_plan_lesson() returns trigger language plpgsql as $$
begin
  if new.number > 1 and not exists (
    select from plan_lesson
    where plan_id = new.plan_id and number = new.number - 1 and price_fen >= new.price_fen
  ) then
    raise exception 'lesson % of plan % has none before it that is as dear', new.number, new.plan_id using errcode = 'ZP003';
  end if;
  return new;
end $$;
create trigger plan_lesson_is_in_order before insert on plan_lesson
  for each row execute function guard_plan_lesson();

insert into state_transition (entity, from_state, to_state) values
  ('sign_plan', 'creating', 'unsigned'),
  ('sign_plan', 'creating', 'signed'),
  ('sign_plan', 'creating', 'refused'),
  ('sign_plan', 'creating', 'cancelled'),
  ('sign_plan', 'refused', 'unsigned'),
  ('sign_plan', 'refused', 'signed'),
  ('sign_plan', 'refused', 'cancelled'),
  ('sign_plan', 'unsigned', 'signed'),
  ('sign_plan', 'unsigned', 'cancelled'),
  ('sign_plan', 'unsigned', 'lapsed'),
  -- WeChat says that it was signed in the last moment.
  ('sign_plan', 'lapsed', 'signed'),
  ('sign_plan', 'lapsed', 'cancelled'),
  ('sign_plan', 'lapsed', 'completed'),
  ('sign_plan', 'lapsed', 'expired'),
  ('sign_plan', 'unsigned', 'completed'),
  ('sign_plan', 'unsigned', 'expired'),
  ('sign_plan', 'signed', 'completed'),
  ('sign_plan', 'signed', 'cancelled'),
  ('sign_plan', 'signed', 'expired');

-- 用户签约计划: one shopper and one plan.
create table sign_plan (
  id uuid primary key,
  plan_id uuid not null references plan (id),
  user_id uuid not null,
  mchid text not null,
  appid text not null,
  openid text not null,
  service_id text not null,
  merchant_sign_plan_no text not null check (merchant_sign_plan_no ~ '^[0-9A-Za-z_*-]{1,32}$'),
  created_at timestamptz not null,
  request text not null,

  state text not null default 'creating' check (
    state in ('creating', 'unsigned', 'refused', 'lapsed', 'signed', 'completed', 'cancelled', 'expired')
  ),
  sign_plan_id text unique,
  -- Opens WeChat's sign page, until then.
  package text,
  package_until timestamptz,
  problem text check (char_length(problem) between 1 and 300),
  signed_at timestamptz,
  over_at timestamptz,
  -- Somebody here wants it ended, and why; WeChat Pay has still to agree.
  stop_reason text check (char_length(stop_reason) between 1 and 50),
  -- WeChat Pay calls both MERCHANT.
  stopped_by text check (stopped_by in ('shopper', 'shop')),
  -- USER, MERCHANT or REVOKE_SERVICE, as WeChat Pay says.
  cancel_type text,
  cancelled_at timestamptz,
  -- The last question to WeChat Pay had no answer.
  unconfirmed boolean not null default false,
  sending_until timestamptz,
  next_query_at timestamptz,
  query_count int not null default 0 check (query_count >= 0),

  unique (mchid, merchant_sign_plan_no),
  constraint sign_plan_known_has_a_number check (state in ('creating', 'refused') or sign_plan_id is not null),
  constraint sign_plan_package_ends check ((package is null) = (package_until is null)),
  constraint sign_plan_signed_has_times check (
    state not in ('signed', 'completed', 'expired') or (signed_at is not null and over_at is not null)
  ),
  constraint sign_plan_cancelled_has_a_time check ((state = 'cancelled') = (cancelled_at is not null)),
  constraint sign_plan_stop_has_an_author check ((stop_reason is null) = (stopped_by is null)),
  -- One that had lapsed and is signed after all is ended, when the shopper has another one by then.
  constraint sign_plan_live_is_queried check (
    (state in ('creating', 'unsigned', 'signed') or (state in ('refused', 'lapsed') and stop_reason is not null))
    = (next_query_at is not null)
  )
);
-- A second one of the same plan would be a second course by mistake.
create unique index sign_plan_one_live on sign_plan (plan_id, user_id) where state in ('creating', 'unsigned', 'signed');
create index sign_plan_of_user on sign_plan (user_id, id desc);
create index sign_plan_of_plan on sign_plan (plan_id, id desc);
create index sign_plan_due on sign_plan (next_query_at) where next_query_at is not null;
create trigger sign_plan_moves_forward before update of state on sign_plan
  for each row execute function guard_transition('sign_plan');
create trigger sign_plan_is_fixed before update of
  id, plan_id, user_id, mchid, appid, openid, service_id, merchant_sign_plan_no, created_at, request on sign_plan
  for each row execute function refuse_change();
create trigger sign_plan_stays before delete on sign_plan for each row execute function refuse_change();

insert into state_transition (entity, from_state, to_state) values
  ('lesson', 'unused', 'starting'),
  ('lesson', 'starting', 'unused'),
  ('lesson', 'starting', 'in_service'),
  ('lesson', 'starting', 'cancelled'),
  ('lesson', 'in_service', 'completing'),
  ('lesson', 'in_service', 'cancelling'),
  ('lesson', 'in_service', 'cancelled'),
  -- WeChat Pay did not take it: the shop corrects what it sent.
  ('lesson', 'completing', 'in_service'),
  ('lesson', 'completing', 'deducting'),
  ('lesson', 'completing', 'paid'),
  ('lesson', 'completing', 'cancelled'),
  ('lesson', 'deducting', 'cancelling'),
  ('lesson', 'deducting', 'paid'),
  ('lesson', 'deducting', 'cancelled'),
  ('lesson', 'cancelling', 'cancelled'),
  -- The deduction was faster.
  ('lesson', 'cancelling', 'paid');

-- 计划详情 of one shopper, with its service order (服务订单) once it is taken.
create table lesson (
  id uuid primary key,
  sign_plan_id uuid not null references sign_plan (id),
  mchid text not null,
  number int not null check (number > 0),
  name text not null check (char_length(name) between 1 and 20),
  original_fen fen not null,
  -- Promised at signing: never more than this.
  price_fen fen not null check (price_fen <= original_fen),
  discount text check (char_length(discount) between 1 and 20),
  -- Promised at signing: 商户服务订单号 once it is taken.
  out_order_no text not null check (out_order_no ~ '^[0-9A-Za-z_*-]{1,32}$'),

  state text not null default 'unused' check (
    state in ('unused', 'starting', 'in_service', 'completing', 'deducting', 'cancelling', 'paid', 'cancelled')
  ),
  -- What it really costs, since it was completed.
  amount_fen fen check (amount_fen <= price_fen),
  -- Requests as first sent.
  start_request text,
  complete_request text,
  cancel_reason text check (char_length(cancel_reason) between 1 and 50),
  problem text check (char_length(problem) between 1 and 300),
  order_id text,
  -- The three fields of WeChat's state, as it last said them.
  wechat_state text,
  wechat_description text,
  wechat_collection text,
  started_at timestamptz,
  completed_at timestamptz,
  cancelled_at timestamptz,
  paid_at timestamptz,
  -- Of the deduction, or of the order that paid it another way; none for a free lesson.
  paid_charge_id uuid references charge (id),
  -- It was paid another way at that time: WeChat Pay has to hear of it, so that it stops deducting.
  sync_paid_at timestamptz,
  sending_until timestamptz,
  next_query_at timestamptz,
  query_count int not null default 0 check (query_count >= 0),

  unique (sign_plan_id, number),
  unique (mchid, out_order_no),
  constraint lesson_completed_has_an_amount check (
    (state in ('completing', 'deducting', 'paid')) <= (amount_fen is not null)
    and (state in ('unused', 'starting', 'in_service')) <= (amount_fen is null)
  ),
  constraint lesson_paid_has_a_charge check (
    (state = 'paid') = (paid_at is not null)
    and (paid_charge_id is not null) = (state = 'paid' and amount_fen > 0)
  ),
  constraint lesson_taken_has_a_request check (state = 'unused' or start_request is not null),
  constraint lesson_cancelled_has_a_time check ((state = 'cancelled') = (cancelled_at is not null)),
  constraint lesson_under_way_is_queried check (
    (state in ('starting', 'completing', 'cancelling')) = (next_query_at is not null)
  )
);
-- One at a time.
create unique index lesson_one_open on lesson (sign_plan_id)
  where state in ('starting', 'in_service', 'completing', 'deducting', 'cancelling');
create index lesson_due on lesson (next_query_at) where next_query_at is not null;
create index lesson_by_state on lesson (state, id desc);
create trigger lesson_moves_forward before update of state on lesson
  for each row execute function guard_transition('lesson');
create trigger lesson_is_fixed before update of
  id, sign_plan_id, mchid, number, name, original_fen, price_fen, discount, out_order_no on lesson
  for each row execute function refuse_change();
create trigger lesson_stays before delete on lesson for each row execute function refuse_change();

-- In order: the one before is paid or cancelled.
create function guard_lesson_order() returns trigger language plpgsql as $$
begin
  if old.state = 'unused' and new.state <> 'unused' and new.number > 1 and not exists (
    select from lesson
    where sign_plan_id = new.sign_plan_id and number = new.number - 1 and state in ('paid', 'cancelled')
  ) then
    raise exception 'lesson % is taken before the one before it has ended', new.id using errcode = 'ZP003';
  end if;
  return new;
end $$;
create trigger lesson_is_in_order before update of state on lesson
  for each row execute function guard_lesson_order();

-- The deduction does not succeed: the shopper pays the lesson with an ordinary order.
create table lesson_order (
  order_id uuid primary key references orders (id),
  lesson_id uuid not null references lesson (id)
);
create index lesson_order_of_lesson on lesson_order (lesson_id);
create trigger lesson_order_stays before update or delete on lesson_order
  for each row execute function refuse_change();

-- What stands in such an order; not for sale by itself.
insert into goods (position, id, kind, price_fen, name, description, on_sale) values
  (1000, 'lesson', 'service', 1, '课程', '支付分计划里的一节课，另行支付。', false);
