-- The shop: what is sold, who ordered it, what was granted.

create table goods (
  id text primary key check (id ~ '^[a-z0-9-]{1,64}$'),
  position int not null unique,
  name text not null check (char_length(name) between 1 and 60),
  description text not null,
  kind text not null check (kind in ('goods', 'service')),
  price_fen fen not null check (price_fen > 0),
  -- 订单优惠标记: what WeChat Pay's coupons and campaigns select by.
  goods_tag text check (char_length(goods_tag) between 1 and 32),
  on_sale boolean not null default true
);

insert into state_transition (entity, from_state, to_state) values
  ('order', 'pending', 'closing'),
  ('order', 'pending', 'closed'),
  ('order', 'pending', 'paid'),
  ('order', 'closing', 'closed'),
  ('order', 'closing', 'paid');

create table orders (
  id uuid primary key,
  user_id uuid not null,
  mchid text not null,
  appid text not null,
  openid text not null,
  state text not null default 'pending' check (state in ('pending', 'closing', 'paid', 'closed')),
  amount_fen fen not null check (amount_fen > 0),
  description text not null check (char_length(description) between 1 and 127),
  goods_tag text check (char_length(goods_tag) between 1 and 32),
  attach text not null check (char_length(attach) between 1 and 128),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  paid_at timestamptz,
  paid_charge_id uuid,

  -- Only a charge of this order can have paid it.
  constraint order_paid_by_own_charge foreign key (paid_charge_id, id) references charge (id, subject_id),
  constraint order_paid_has_charge check (
    (state = 'paid') = (paid_charge_id is not null) and (state = 'paid') = (paid_at is not null)
  )
);
create index orders_of_user on orders (user_id, id desc);
create index orders_open on orders (expires_at) where state in ('pending', 'closing');

create trigger order_moves_forward before update of state on orders
  for each row execute function guard_transition('order');
create trigger order_is_fixed before update of
  id, user_id, mchid, appid, openid, amount_fen, description, goods_tag, attach, created_at, expires_at on orders
  for each row execute function refuse_change();
create trigger order_stays before delete on orders for each row execute function refuse_change();

-- Name and price as they were when the order was made.
create table order_item (
  order_id uuid not null references orders (id),
  position int not null check (position >= 0),
  goods_id text not null references goods (id),
  name text not null,
  price_fen fen not null check (price_fen > 0),
  quantity int not null check (quantity between 1 and 99),
  primary key (order_id, position),
  unique (order_id, goods_id)
);
create trigger order_item_stays before update or delete on order_item for each row execute function refuse_change();

-- The business effect of a paid order, exactly once.
create table fulfilment (
  order_id uuid primary key references orders (id),
  granted_at timestamptz not null
);
create trigger fulfilment_stays before update or delete on fulfilment for each row execute function refuse_change();

insert into goods (position, id, kind, price_fen, goods_tag, name, description) values
  (1, 'trial-pass', 'service', 1, null, '新客体验券', '首次到馆体验一小时，任选一片闲时羽毛球场。'),
  (2, 'badminton-court', 'service', 6800, 'COURT', '羽毛球场地 1 小时', '专业塑胶场地，防眩光照明，含更衣柜和淋浴。'),
  (3, 'table-tennis', 'service', 3500, 'COURT', '乒乓球台 1 小时', '红双喜球台，前台可免费借球拍。'),
  (4, 'swim-pass', 'service', 5800, 'SWIM', '单次游泳票', '25 米恒温泳池，水温 27℃，需自备泳帽。'),
  (5, 'coach-lesson', 'service', 26800, 'LESSON', '羽毛球私教课 1 节', '持证教练一对一，60 分钟，含场地费和用球。'),
  (6, 'month-card', 'service', 39900, 'CARD', '健身月卡', '30 天不限次使用器械区和团操课，到店激活。'),
  (7, 'shuttlecocks', 'goods', 9900, 'GEAR', '训练级羽毛球 12 只装', '鹅毛球，77 速，耐打稳定，适合日常训练。'),
  (8, 'racket', 'goods', 45900, 'GEAR', '全碳素羽毛球拍', '4U 重量，已穿 24 磅线，附拍套。'),
  (9, 'swim-cap', 'goods', 2900, 'GEAR', '硅胶泳帽', '成人均码，不勒头，不含乳胶。'),
  (10, 'towel', 'goods', 3900, 'GEAR', '速干运动毛巾', '超细纤维，40 × 80 厘米，附收纳袋。');
