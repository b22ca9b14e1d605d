-- Bills: what WeChat Pay says moved on a day, row by row, and where our books say otherwise. Nothing is pruned: the rows
-- are the evidence of a difference for as long as trade data is kept.

create index movement_by_time on movement (mchid, occurred_at);
-- What we learn so late that the bill of its day may have been compared.
create index movement_late on movement (mchid, occurred_at) where recorded_at - occurred_at > interval '1 hour';

-- One bill of one day of Asia/Shanghai: the 交易账单, or the 资金账单 of one account.
create table bill_day (
  id bigint generated always as identity primary key,
  mchid text not null,
  date date not null,
  bill text not null check (bill in ('trade', 'BASIC', 'OPERATION', 'FEES')),
  state text not null default 'waiting' check (state in ('waiting', 'imported', 'empty', 'reconciled')),
  -- When it is taken up next; whoever takes it up moves it on, so that a crash only delays.
  next_attempt_at timestamptz,
  -- Failures in a row, and what the last one was.
  attempts int not null default 0 check (attempts >= 0),
  problem text check (char_length(problem) between 1 and 300),
  -- The alarm that it is late was raised.
  late boolean not null default false,

  -- Of the unpacked file; null where WeChat Pay says that there is no bill.
  sha1 text check (sha1 ~ '^[0-9a-f]{40}$'),
  rows int check (rows >= 0),
  -- Payments less refunds, or what the account gained.
  sum_fen bigint,
  opening_fen bigint,
  closing_fen bigint,
  -- 提现: what left the account for the bank.
  bank_fen bigint,
  finished_at timestamptz,

  unique (mchid, date, bill),
  constraint bill_day_unfinished_is_due check ((state = 'reconciled') = (next_attempt_at is null)),
  constraint bill_day_finished_has_a_time check ((state = 'reconciled') = (finished_at is not null)),
  constraint bill_day_read_has_sums check (
    (state = 'waiting') = (rows is null) and (state = 'waiting') = (sum_fen is null)
  ),
  constraint bill_day_imported_has_a_hash check (
    case state when 'imported' then sha1 is not null when 'reconciled' then true else sha1 is null end
  ),
  constraint bill_day_without_file_is_empty check (sha1 is not null or coalesce(rows, 0) = 0)
);
create index bill_day_due on bill_day (next_attempt_at) where next_attempt_at is not null;

insert into state_transition (entity, from_state, to_state) values
  ('bill_day', 'waiting', 'imported'),
  ('bill_day', 'waiting', 'empty'),
  ('bill_day', 'imported', 'reconciled'),
  ('bill_day', 'empty', 'reconciled'),
  -- Only without a file, of which WeChat Pay said that there is none.
  ('bill_day', 'reconciled', 'waiting');
create trigger bill_day_moves_forward before update of state on bill_day
  for each row execute function guard_transition('bill_day');
create trigger bill_day_is_fixed before update of id, mchid, date, bill on bill_day
  for each row execute function refuse_change();
create trigger bill_day_file_is_fixed before update of sha1 on bill_day
  for each row when (old.sha1 is not null and new.sha1 is distinct from old.sha1) execute function refuse_change();
create trigger bill_day_stays before delete on bill_day for each row execute function refuse_change();

-- 交易账单. No foreign keys and no triggers by row: a day has millions, and they come with their bill_day or not at all.
create table bill_row (
  bill_day_id bigint not null,
  row_no int not null check (row_no > 0),
  kind text not null check (kind in ('payment', 'refund', 'revoked', 'other')),
  trade_time timestamptz not null,
  appid text not null,
  -- 商户号 as printed.
  merchant text not null,
  transaction_id text not null,
  out_trade_no text not null,
  openid text not null,
  trade_type text not null,
  trade_state text not null,
  currency text not null,
  -- 应结订单金额, and 订单金额 where the bill has that column.
  settlement_fen fen not null,
  order_fen fen,
  refund_id text,
  out_refund_no text,
  -- 退款金额, and 申请退款金额 where the bill has that column.
  refund_fen fen,
  applied_fen fen,
  refund_status text,
  refunded_at timestamptz,
  fee_milli_fen bigint not null,
  attach text not null,
  primary key (bill_day_id, row_no),
  constraint bill_row_refund_is_whole check (
    (refund_id is null) = (refund_fen is null) and (refund_id is null) = (out_refund_no is null)
    and (refund_id is null) = (refund_status is null)
  ),
  constraint bill_row_refund_has_a_number check (kind <> 'refund' or refund_id is not null)
);
create index bill_row_of_transaction on bill_row (transaction_id) where refund_id is null;
create index bill_row_of_refund on bill_row (refund_id) where refund_id is not null;
create index bill_row_unknown on bill_row (bill_day_id) where kind in ('revoked', 'other');

-- 资金账单 of one account.
create table fund_flow_row (
  bill_day_id bigint not null,
  row_no int not null check (row_no > 0),
  -- By 业务类型; of `other` this version does not know what it is.
  kind text not null check (kind in ('payment', 'refund', 'refund_closed', 'fee', 'withdrawal', 'top_up', 'other')),
  booked_at timestamptz not null,
  business_id text not null,
  flow_id text not null,
  business_name text not null,
  business_type text not null,
  -- Signed: negative is 支出.
  amount_fen bigint not null check (abs(amount_fen) <= 100000000000),
  balance_fen bigint not null,
  voucher_no text not null,
  primary key (bill_day_id, row_no)
);
create index fund_flow_row_of_business on fund_flow_row (business_id);
create index fund_flow_row_unknown on fund_flow_row (bill_day_id) where kind = 'other';

-- Where WeChat Pay and our books disagree. Rows are resolved, never deleted.
create table difference (
  id bigint generated always as identity primary key,
  bill_day_id bigint not null references bill_day (id),
  kind text not null check (kind in (
    'payment_missing_here', 'payment_missing_there', 'payment_amount',
    'refund_missing_here', 'refund_missing_there', 'refund_amount', 'refund_state',
    'fund_flow_missing', 'fund_flow_amount', 'balance_chain', 'other'
  )),
  -- transaction_id, refund_id or 资金流水单号.
  reference text not null,
  out_trade_no text,
  out_refund_no text,
  -- WeChat Pay's sum less ours.
  delta_fen bigint not null,
  detail jsonb not null,
  state text not null default 'open' check (state in ('open', 'resolved')),
  note text check (char_length(note) between 1 and 500),
  -- The person; null: it resolved itself.
  resolved_by text,
  created_at timestamptz not null,
  resolved_at timestamptz,
  -- When WeChat Pay is asked again; null: no more.
  next_check_at timestamptz,
  checks int not null default 0 check (checks >= 0),

  unique (bill_day_id, kind, reference),
  constraint difference_resolved_says_how check (
    (state = 'resolved') = (resolved_at is not null) and (state = 'resolved') = (note is not null)
  ),
  constraint difference_resolved_is_not_asked check (state = 'open' or next_check_at is null),
  constraint difference_open_has_no_resolver check (state = 'resolved' or resolved_by is null)
);
create index difference_due on difference (next_check_at) where next_check_at is not null;
create index difference_open on difference (bill_day_id) where state = 'open';

insert into state_transition (entity, from_state, to_state) values
  ('difference', 'open', 'resolved');
create trigger difference_moves_forward before update of state on difference
  for each row execute function guard_transition('difference');
create trigger difference_is_fixed before update of
  id, bill_day_id, kind, reference, out_trade_no, out_refund_no, delta_fen, created_at on difference
  for each row execute function refuse_change();
create trigger difference_stays before delete on difference for each row execute function refuse_change();
