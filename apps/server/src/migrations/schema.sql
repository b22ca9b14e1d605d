-- Written by schema-dump.ts from the catalogue, so that a migration shows in the diff. Not to be run.

-- domains
domain fen as bigint CHECK (((VALUE >= 0) AND (VALUE <= '100000000000'::bigint)))

-- columns
access_token.appid text not null
access_token.token text
access_token.expires_at timestamp with time zone
access_token.refreshing_until timestamp with time zone
alarm_turn.kind text not null
alarm_turn.subject text not null
alarm_turn.raised_at timestamp with time zone not null
anomaly.kind text not null
anomaly.mchid text not null
anomaly.out_trade_no text not null
anomaly.detail jsonb not null
anomaly.times integer not null default 1
anomaly.first_seen_at timestamp with time zone not null
anomaly.last_seen_at timestamp with time zone not null
anomaly.id bigint not null
anomaly.resolved_at timestamp with time zone
anomaly.resolved_by text
anomaly.note text
audit_entry.id uuid not null
audit_entry.at timestamp with time zone not null
audit_entry.person text not null
audit_entry.key_id uuid
audit_entry.action text not null
audit_entry.subject text not null
audit_entry.detail jsonb not null
audit_entry.request_id text
audit_seal.number bigint not null
audit_seal.entry_id uuid not null
audit_seal.sha256 bytea not null
backup.finished_at timestamp with time zone not null
backup.folder text not null
bill_day.id bigint not null
bill_day.mchid text not null
bill_day.date date not null
bill_day.bill text not null
bill_day.state text not null default 'waiting'::text
bill_day.next_attempt_at timestamp with time zone
bill_day.attempts integer not null default 0
bill_day.problem text
bill_day.late boolean not null default false
bill_day.sha1 text
bill_day.rows integer
bill_day.sum_fen bigint
bill_day.opening_fen bigint
bill_day.closing_fen bigint
bill_day.bank_fen bigint
bill_day.finished_at timestamp with time zone
bill_row.bill_day_id bigint not null
bill_row.row_no integer not null
bill_row.kind text not null
bill_row.trade_time timestamp with time zone not null
bill_row.appid text not null
bill_row.merchant text not null
bill_row.transaction_id text not null
bill_row.out_trade_no text not null
bill_row.openid text not null
bill_row.trade_type text not null
bill_row.trade_state text not null
bill_row.currency text not null
bill_row.settlement_fen fen not null
bill_row.order_fen fen
bill_row.refund_id text
bill_row.out_refund_no text
bill_row.refund_fen fen
bill_row.applied_fen fen
bill_row.refund_status text
bill_row.refunded_at timestamp with time zone
bill_row.fee_milli_fen bigint not null
bill_row.attach text not null
card.id uuid not null
card.template_id uuid not null
card.mchid text not null
card.appid text not null
card.out_card_code text not null
card.asked_by uuid not null
card.created_at timestamp with time zone not null
card.request text not null
card.state text not null default 'preparing'::text
card.token text
card.token_at timestamp with time zone
card.problem text
card.openid text
card.card_id text
card.taken_at timestamp with time zone
card.begin_at timestamp with time zone
card.end_at timestamp with time zone
card.ended_at timestamp with time zone
card.unfinished_reason text
card.total_fen fen
card.paid_at timestamp with time zone
card.paid_charge_id uuid
card.unconfirmed boolean not null default false
card.sending_until timestamp with time zone
card.next_query_at timestamp with time zone
card.query_count integer not null default 0
card.next_send_at timestamp with time zone
card.send_count integer not null default 0
card_goal.card_id uuid not null
card_goal.objective_id text not null
card_goal."position" integer not null
card_goal.number integer
card_goal.name text not null
card_goal.times integer not null
card_goal.unit text not null
card_order.order_id uuid not null
card_order.card_id uuid not null
card_order.reward_id text not null
card_order.discount_fen fen not null
card_record.id uuid not null
card_record.card_id uuid not null
card_record.number integer not null
card_record.kind text not null
card_record.objective_id text
card_record.reward_id text
card_record.serial_no text not null
card_record.direction text not null
card_record.times integer not null
card_record.amount_fen fen
card_record.description text not null
card_record.order_id uuid not null
card_record.happened_at timestamp with time zone not null
card_record.created_at timestamp with time zone not null
card_record.state text not null default 'waiting'::text
card_record.request text
card_record.problem text
card_record.accepted_at timestamp with time zone
card_reward.card_id uuid not null
card_reward.reward_id text not null
card_reward."position" integer not null
card_reward.number integer
card_reward.name text not null
card_reward.times integer
card_reward.unit text not null
card_reward.amount_fen fen not null
card_template.id uuid not null
card_template.mchid text not null
card_template.appid text not null
card_template.card_template_id text not null
card_template.name text not null
card_template.description text
card_template.duration_days integer not null
card_template.created_at timestamp with time zone not null
card_template.state text not null default 'on_offer'::text
card_template.withdrawn_at timestamp with time zone
card_template_goal.template_id uuid not null
card_template_goal.number integer not null
card_template_goal.name text not null
card_template_goal.times integer not null
card_template_goal.unit text not null
card_template_goal.counts text not null
card_template_goal.goods_ids text[]
card_template_reward.template_id uuid not null
card_template_reward.number integer not null
card_template_reward.name text not null
card_template_reward.times integer
card_template_reward.unit text not null
card_template_reward.amount_fen fen not null
card_template_reward.percent_off integer not null
card_template_reward.goods_ids text[]
charge.id uuid not null
charge.source text not null
charge.purpose text not null
charge.subject_id uuid not null
charge.mchid text not null
charge.out_trade_no text not null
charge.appid text not null
charge.openid text not null
charge.amount_fen fen not null
charge.currency text not null
charge.description text not null
charge.created_at timestamp with time zone not null
charge.expires_at timestamp with time zone not null
charge.state text not null default 'opened'::text
charge.settlement text
charge.transaction_id text
charge.success_time timestamp with time zone
charge.refund_reserved_fen fen not null default 0
charge.refund_count integer not null default 0
charge.unconfirmed boolean not null default false
charge.next_query_at timestamp with time zone
charge.query_count integer not null default 0
difference.id bigint not null
difference.bill_day_id bigint not null
difference.kind text not null
difference.reference text not null
difference.out_trade_no text
difference.out_refund_no text
difference.delta_fen bigint not null
difference.detail jsonb not null
difference.state text not null default 'open'::text
difference.note text
difference.resolved_by text
difference.created_at timestamp with time zone not null
difference.resolved_at timestamp with time zone
difference.next_check_at timestamp with time zone
difference.checks integer not null default 0
fulfilment.order_id uuid not null
fulfilment.granted_at timestamp with time zone not null
fund_flow_row.bill_day_id bigint not null
fund_flow_row.row_no integer not null
fund_flow_row.kind text not null
fund_flow_row.booked_at timestamp with time zone not null
fund_flow_row.business_id text not null
fund_flow_row.flow_id text not null
fund_flow_row.business_name text not null
fund_flow_row.business_type text not null
fund_flow_row.amount_fen bigint not null
fund_flow_row.balance_fen bigint not null
fund_flow_row.voucher_no text not null
goods.id text not null
goods."position" integer not null
goods.name text not null
goods.description text not null
goods.kind text not null
goods.price_fen fen not null
goods.goods_tag text
goods.on_sale boolean not null default true
idempotency_key.owner text not null
idempotency_key.key text not null
idempotency_key.request_sha256 bytea not null
idempotency_key.answer json
idempotency_key.created_at timestamp with time zone not null
lesson.id uuid not null
lesson.sign_plan_id uuid not null
lesson.mchid text not null
lesson.number integer not null
lesson.name text not null
lesson.original_fen fen not null
lesson.price_fen fen not null
lesson.discount text
lesson.out_order_no text not null
lesson.state text not null default 'unused'::text
lesson.amount_fen fen
lesson.start_request text
lesson.complete_request text
lesson.cancel_reason text
lesson.problem text
lesson.order_id text
lesson.wechat_state text
lesson.wechat_description text
lesson.wechat_collection text
lesson.started_at timestamp with time zone
lesson.completed_at timestamp with time zone
lesson.cancelled_at timestamp with time zone
lesson.paid_at timestamp with time zone
lesson.paid_charge_id uuid
lesson.sync_paid_at timestamp with time zone
lesson.sending_until timestamp with time zone
lesson.next_query_at timestamp with time zone
lesson.query_count integer not null default 0
lesson_order.order_id uuid not null
lesson_order.lesson_id uuid not null
merchant_key.id uuid not null
merchant_key.person text not null
merchant_key.name text not null
merchant_key.key_sha256 bytea not null
merchant_key.scopes text[] not null
merchant_key.created_at timestamp with time zone not null
merchant_key.created_by text not null
merchant_key.expires_at timestamp with time zone
merchant_key.revoked_at timestamp with time zone
merchant_key.last_used_at timestamp with time zone
migration.name text not null
migration.sha256 text not null
migration.applied_at timestamp with time zone not null
movement.kind text not null
movement.provider_ref text not null
movement.mchid text not null
movement.charge_id uuid not null
movement.amount_fen bigint not null
movement.proof text not null
movement.occurred_at timestamp with time zone not null
movement.recorded_at timestamp with time zone not null
notification_inbox.mchid text not null
notification_inbox.notify_id text not null
notification_inbox.kind text not null
notification_inbox.event_type text not null
notification_inbox.create_time text not null
notification_inbox.resource json not null
notification_inbox.body bytea not null
notification_inbox.serial text not null
notification_inbox.state text not null
notification_inbox.attempts integer not null default 0
notification_inbox.next_attempt_at timestamp with time zone
notification_inbox.received_at timestamp with time zone not null
notification_inbox.finished_at timestamp with time zone
order_item.order_id uuid not null
order_item."position" integer not null
order_item.goods_id text not null
order_item.name text not null
order_item.price_fen fen not null
order_item.quantity integer not null
orders.id uuid not null
orders.user_id uuid not null
orders.mchid text not null
orders.appid text not null
orders.openid text not null
orders.state text not null default 'pending'::text
orders.amount_fen fen not null
orders.description text not null
orders.goods_tag text
orders.attach text not null
orders.created_at timestamp with time zone not null
orders.expires_at timestamp with time zone not null
orders.paid_at timestamp with time zone
orders.paid_charge_id uuid
orders.discount_fen fen not null default 0
orders.discount_name text
plan.id uuid not null
plan.mchid text not null
plan.appid text not null
plan.service_id text not null
plan.merchant_plan_no text not null
plan.name text not null
plan.duration_days integer not null
plan.created_at timestamp with time zone not null
plan.request text not null
plan.state text not null default 'creating'::text
plan.plan_id text
plan.problem text
plan.stopped_at timestamp with time zone
plan.sending_until timestamp with time zone
plan.next_query_at timestamp with time zone
plan.query_count integer not null default 0
plan_lesson.plan_id uuid not null
plan_lesson.number integer not null
plan_lesson.name text not null
plan_lesson.original_fen fen not null
plan_lesson.price_fen fen not null
plan_lesson.discount text
prepay.charge_id uuid not null
prepay.body text not null
prepay.asking_until timestamp with time zone
prepay.prepay_id text
prepay.made_at timestamp with time zone
refund.id uuid not null
refund.charge_id uuid not null
refund.mchid text not null
refund.out_refund_no text not null
refund.cause text not null
refund.amount_fen fen not null
refund.reason text
refund.requested_by text
refund.needs_approval boolean not null
refund.approved_by text
refund.created_at timestamp with time zone not null
refund.state text not null
refund.request text
refund.sending_until timestamp with time zone
refund.problem text
refund.refund_id text
refund.accepted_at timestamp with time zone
refund.success_time timestamp with time zone
refund.received_account text
refund.resent_at timestamp with time zone
refund.next_query_at timestamp with time zone
refund.query_count integer not null default 0
refund_request.id uuid not null
refund_request.order_id uuid not null
refund_request.amount_fen fen not null
refund_request.reason text not null
refund_request.created_at timestamp with time zone not null
refund_request.state text not null default 'requested'::text
refund_request.note text
refund_request.decided_by text
refund_request.decided_at timestamp with time zone
refund_request.refund_id uuid
service_use.id uuid not null
service_use.order_id uuid not null
service_use.goods_id text not null
service_use.quantity integer not null
service_use.used_at timestamp with time zone not null
service_use.used_by text not null
service_use.undone_at timestamp with time zone
service_use.undone_by text
session.token_sha256 bytea not null
session.user_id uuid not null
session.created_at timestamp with time zone not null
session.last_used_at timestamp with time zone not null
shipment.id uuid not null
shipment.charge_id uuid not null
shipment.fulfilled_at timestamp with time zone not null
shipment.body text
shipment.state text not null default 'waiting'::text
shipment.attempts integer not null default 0
shipment.next_attempt_at timestamp with time zone
shipment.errcode integer
shipment.finished_at timestamp with time zone
sign_plan.id uuid not null
sign_plan.plan_id uuid not null
sign_plan.user_id uuid not null
sign_plan.mchid text not null
sign_plan.appid text not null
sign_plan.openid text not null
sign_plan.service_id text not null
sign_plan.merchant_sign_plan_no text not null
sign_plan.created_at timestamp with time zone not null
sign_plan.request text not null
sign_plan.state text not null default 'creating'::text
sign_plan.sign_plan_id text
sign_plan.package text
sign_plan.package_until timestamp with time zone
sign_plan.problem text
sign_plan.signed_at timestamp with time zone
sign_plan.over_at timestamp with time zone
sign_plan.stop_reason text
sign_plan.stopped_by text
sign_plan.cancel_type text
sign_plan.cancelled_at timestamp with time zone
sign_plan.unconfirmed boolean not null default false
sign_plan.sending_until timestamp with time zone
sign_plan.next_query_at timestamp with time zone
sign_plan.query_count integer not null default 0
state_transition.entity text not null
state_transition.from_state text not null
state_transition.to_state text not null
wechat_user.id uuid not null
wechat_user.appid text not null
wechat_user.openid text not null
wechat_user.created_at timestamp with time zone not null

-- constraints
access_token: access_token_expires CHECK (((token IS NULL) = (expires_at IS NULL)))
access_token: access_token_pkey PRIMARY KEY (appid)
access_token: access_token_token_check CHECK (((char_length(token) >= 1) AND (char_length(token) <= 2048)))
alarm_turn: alarm_turn_pkey PRIMARY KEY (kind, subject)
anomaly: anomaly_id_key UNIQUE (id)
anomaly: anomaly_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 500)))
anomaly: anomaly_pkey PRIMARY KEY (kind, mchid, out_trade_no)
anomaly: anomaly_resolved_by_check CHECK (((char_length(resolved_by) >= 1) AND (char_length(resolved_by) <= 64)))
anomaly: anomaly_resolved_says_how CHECK ((((resolved_at IS NULL) = (resolved_by IS NULL)) AND ((resolved_at IS NULL) = (note IS NULL))))
anomaly: anomaly_times_check CHECK ((times > 0))
audit_entry: audit_entry_action_check CHECK ((action ~ '^[a-z-]+\.[a-z-]+$'::text))
audit_entry: audit_entry_key_id_fkey FOREIGN KEY (key_id) REFERENCES merchant_key(id)
audit_entry: audit_entry_person_check CHECK (((char_length(person) >= 1) AND (char_length(person) <= 64)))
audit_entry: audit_entry_pkey PRIMARY KEY (id)
audit_entry: audit_entry_subject_check CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 64)))
audit_seal: audit_seal_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES audit_entry(id)
audit_seal: audit_seal_entry_id_key UNIQUE (entry_id)
audit_seal: audit_seal_pkey PRIMARY KEY (number)
audit_seal: audit_seal_sha256_check CHECK ((octet_length(sha256) = 32))
backup: backup_folder_check CHECK (((char_length(folder) >= 1) AND (char_length(folder) <= 300)))
backup: backup_pkey PRIMARY KEY (finished_at)
bill_day: bill_day_attempts_check CHECK ((attempts >= 0))
bill_day: bill_day_bill_check CHECK ((bill = ANY (ARRAY['trade'::text, 'BASIC'::text, 'OPERATION'::text, 'FEES'::text])))
bill_day: bill_day_finished_has_a_time CHECK (((state = 'reconciled'::text) = (finished_at IS NOT NULL)))
bill_day: bill_day_imported_has_a_hash CHECK (
CASE state
    WHEN 'imported'::text THEN (sha1 IS NOT NULL)
    WHEN 'reconciled'::text THEN true
    ELSE (sha1 IS NULL)
END)
bill_day: bill_day_mchid_date_bill_key UNIQUE (mchid, date, bill)
bill_day: bill_day_pkey PRIMARY KEY (id)
bill_day: bill_day_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 300)))
bill_day: bill_day_read_has_sums CHECK ((((state = 'waiting'::text) = (rows IS NULL)) AND ((state = 'waiting'::text) = (sum_fen IS NULL))))
bill_day: bill_day_rows_check CHECK ((rows >= 0))
bill_day: bill_day_sha1_check CHECK ((sha1 ~ '^[0-9a-f]{40}$'::text))
bill_day: bill_day_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'imported'::text, 'empty'::text, 'reconciled'::text])))
bill_day: bill_day_unfinished_is_due CHECK (((state = 'reconciled'::text) = (next_attempt_at IS NULL)))
bill_day: bill_day_without_file_is_empty CHECK (((sha1 IS NOT NULL) OR (COALESCE(rows, 0) = 0)))
bill_row: bill_row_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'refund'::text, 'revoked'::text, 'other'::text])))
bill_row: bill_row_pkey PRIMARY KEY (bill_day_id, row_no)
bill_row: bill_row_refund_has_a_number CHECK (((kind <> 'refund'::text) OR (refund_id IS NOT NULL)))
bill_row: bill_row_refund_is_whole CHECK ((((refund_id IS NULL) = (refund_fen IS NULL)) AND ((refund_id IS NULL) = (out_refund_no IS NULL)) AND ((refund_id IS NULL) = (refund_status IS NULL))))
bill_row: bill_row_row_no_check CHECK ((row_no > 0))
card: card_card_id_key UNIQUE (card_id)
card: card_ended_has_a_time CHECK (((state = ANY (ARRAY['finished'::text, 'unfinished'::text, 'owing'::text, 'paid'::text])) = (ended_at IS NOT NULL)))
card: card_live_is_queried CHECK ((((state = ANY (ARRAY['preparing'::text, 'prepared'::text, 'ongoing'::text, 'settling'::text])) OR ((state = 'unfinished'::text) AND ((total_fen)::bigint IS DISTINCT FROM 0))) = (next_query_at IS NOT NULL)))
card: card_mchid_out_card_code_key UNIQUE (mchid, out_card_code)
card: card_open_is_told CHECK (((next_send_at IS NULL) OR (state = ANY (ARRAY['ongoing'::text, 'settling'::text]))))
card: card_out_card_code_check CHECK ((out_card_code ~ '^[0-9A-Za-z_|*-]{1,32}$'::text))
card: card_owing_has_a_sum CHECK (((state <> ALL (ARRAY['owing'::text, 'paid'::text])) OR ((total_fen)::bigint > 0)))
card: card_paid_by_own_charge FOREIGN KEY (paid_charge_id, id) REFERENCES charge(id, subject_id)
card: card_paid_has_a_charge CHECK ((((state = 'paid'::text) = (paid_at IS NOT NULL)) AND ((state = 'paid'::text) = (paid_charge_id IS NOT NULL))))
card: card_pkey PRIMARY KEY (id)
card: card_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 300)))
card: card_query_count_check CHECK ((query_count >= 0))
card: card_reason_is_of_a_broken_promise CHECK (((unfinished_reason IS NULL) OR (state = ANY (ARRAY['unfinished'::text, 'owing'::text, 'paid'::text]))))
card: card_send_count_check CHECK ((send_count >= 0))
card: card_state_check CHECK ((state = ANY (ARRAY['preparing'::text, 'prepared'::text, 'refused'::text, 'lapsed'::text, 'ongoing'::text, 'settling'::text, 'finished'::text, 'unfinished'::text, 'owing'::text, 'paid'::text])))
card: card_taken_has_a_holder CHECK (((state = ANY (ARRAY['preparing'::text, 'prepared'::text, 'refused'::text, 'lapsed'::text])) OR ((openid IS NOT NULL) AND (card_id IS NOT NULL) AND (taken_at IS NOT NULL) AND (begin_at IS NOT NULL) AND (end_at IS NOT NULL))))
card: card_template_id_fkey FOREIGN KEY (template_id) REFERENCES card_template(id)
card: card_token_check CHECK (((char_length(token) >= 1) AND (char_length(token) <= 256)))
card: card_token_has_a_time CHECK (((token IS NULL) = (token_at IS NULL)))
card: card_unfinished_reason_check CHECK (((char_length(unfinished_reason) >= 1) AND (char_length(unfinished_reason) <= 32)))
card_goal: card_goal_card_id_fkey FOREIGN KEY (card_id) REFERENCES card(id)
card_goal: card_goal_pkey PRIMARY KEY (card_id, objective_id)
card_order: card_order_card_id_reward_id_fkey FOREIGN KEY (card_id, reward_id) REFERENCES card_reward(card_id, reward_id)
card_order: card_order_discount_fen_check CHECK (((discount_fen)::bigint > 0))
card_order: card_order_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
card_order: card_order_pkey PRIMARY KEY (order_id)
card_record: card_record_accepted_has_a_time CHECK (((state = 'accepted'::text) = (accepted_at IS NOT NULL)))
card_record: card_record_amount_fen_check CHECK (((amount_fen)::bigint > 0))
card_record: card_record_card_id_fkey FOREIGN KEY (card_id) REFERENCES card(id)
card_record: card_record_card_id_number_key UNIQUE (card_id, number)
card_record: card_record_card_id_objective_id_fkey FOREIGN KEY (card_id, objective_id) REFERENCES card_goal(card_id, objective_id)
card_record: card_record_card_id_reward_id_fkey FOREIGN KEY (card_id, reward_id) REFERENCES card_reward(card_id, reward_id)
card_record: card_record_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 20)))
card_record: card_record_direction_check CHECK ((direction = ANY (ARRAY['INCREASE'::text, 'DECREASE'::text])))
card_record: card_record_is_of_one_kind CHECK ((((kind = 'goal'::text) = (objective_id IS NOT NULL)) AND ((kind = 'reward'::text) = (reward_id IS NOT NULL)) AND ((kind = 'reward'::text) = (amount_fen IS NOT NULL))))
card_record: card_record_kind_check CHECK ((kind = ANY (ARRAY['goal'::text, 'reward'::text])))
card_record: card_record_number_check CHECK ((number > 0))
card_record: card_record_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
card_record: card_record_pkey PRIMARY KEY (id)
card_record: card_record_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 300)))
card_record: card_record_sent_has_a_request CHECK (((state = ANY (ARRAY['waiting'::text, 'too_late'::text])) OR (request IS NOT NULL)))
card_record: card_record_serial_no_check CHECK ((serial_no ~ '^[0-9A-Za-z]{1,32}$'::text))
card_record: card_record_serial_no_key UNIQUE (serial_no)
card_record: card_record_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'accepted'::text, 'refused'::text, 'too_late'::text])))
card_record: card_record_times_check CHECK ((times > 0))
card_reward: card_reward_card_id_fkey FOREIGN KEY (card_id) REFERENCES card(id)
card_reward: card_reward_pkey PRIMARY KEY (card_id, reward_id)
card_template: card_template_card_template_id_check CHECK (((char_length(card_template_id) >= 1) AND (char_length(card_template_id) <= 64)))
card_template: card_template_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 120)))
card_template: card_template_duration_days_check CHECK ((duration_days > 0))
card_template: card_template_mchid_card_template_id_key UNIQUE (mchid, card_template_id)
card_template: card_template_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20)))
card_template: card_template_pkey PRIMARY KEY (id)
card_template: card_template_state_check CHECK ((state = ANY (ARRAY['on_offer'::text, 'withdrawn'::text])))
card_template: card_template_withdrawn_has_a_time CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)))
card_template_goal: card_template_goal_counts_check CHECK ((counts = ANY (ARRAY['orders'::text, 'uses'::text])))
card_template_goal: card_template_goal_goods_ids_check CHECK ((cardinality(goods_ids) > 0))
card_template_goal: card_template_goal_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20)))
card_template_goal: card_template_goal_number_check CHECK ((number > 0))
card_template_goal: card_template_goal_pkey PRIMARY KEY (template_id, number)
card_template_goal: card_template_goal_template_id_fkey FOREIGN KEY (template_id) REFERENCES card_template(id)
card_template_goal: card_template_goal_template_id_name_key UNIQUE (template_id, name)
card_template_goal: card_template_goal_times_check CHECK ((times > 0))
card_template_goal: card_template_goal_unit_check CHECK (((char_length(unit) >= 1) AND (char_length(unit) <= 5)))
card_template_reward: card_template_reward_amount_fen_check CHECK (((amount_fen)::bigint > 0))
card_template_reward: card_template_reward_goods_ids_check CHECK ((cardinality(goods_ids) > 0))
card_template_reward: card_template_reward_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20)))
card_template_reward: card_template_reward_number_check CHECK ((number > 0))
card_template_reward: card_template_reward_percent_off_check CHECK (((percent_off >= 1) AND (percent_off <= 99)))
card_template_reward: card_template_reward_pkey PRIMARY KEY (template_id, number)
card_template_reward: card_template_reward_template_id_fkey FOREIGN KEY (template_id) REFERENCES card_template(id)
card_template_reward: card_template_reward_template_id_name_key UNIQUE (template_id, name)
card_template_reward: card_template_reward_times_check CHECK ((times > 0))
card_template_reward: card_template_reward_unit_check CHECK (((char_length(unit) >= 1) AND (char_length(unit) <= 5)))
charge: charge_amount_fen_check CHECK (((amount_fen)::bigint > 0))
charge: charge_check CHECK ((expires_at > created_at))
charge: charge_currency_check CHECK ((currency = 'CNY'::text))
charge: charge_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 127)))
charge: charge_id_subject_id_key UNIQUE (id, subject_id)
charge: charge_live_is_queried CHECK (((state = ANY (ARRAY['opened'::text, 'closing'::text])) = (next_query_at IS NOT NULL)))
charge: charge_mchid_out_trade_no_key UNIQUE (mchid, out_trade_no)
charge: charge_out_trade_no_check CHECK ((out_trade_no ~ '^[0-9A-Za-z_|*-]{6,32}$'::text))
charge: charge_pkey PRIMARY KEY (id)
charge: charge_purpose_check CHECK ((purpose = ANY (ARRAY['order'::text, 'lesson'::text, 'card'::text])))
charge: charge_query_count_check CHECK ((query_count >= 0))
charge: charge_refund_count_check CHECK (((refund_count >= 0) AND (refund_count <= 50)))
charge: charge_refunds_need_success CHECK (((state = 'succeeded'::text) OR (((refund_reserved_fen)::bigint = 0) AND (refund_count = 0))))
charge: charge_refunds_within_amount CHECK (((refund_reserved_fen)::bigint <= (amount_fen)::bigint))
charge: charge_settlement_check CHECK ((settlement = ANY (ARRAY['settled'::text, 'paid_after_close'::text, 'paid_twice'::text])))
charge: charge_source_check CHECK ((source = ANY (ARRAY['payments'::text, 'payscore'::text, 'discount-card'::text])))
charge: charge_source_fits_purpose CHECK ((purpose =
CASE source
    WHEN 'payments'::text THEN 'order'::text
    WHEN 'payscore'::text THEN 'lesson'::text
    ELSE 'card'::text
END))
charge: charge_state_check CHECK ((state = ANY (ARRAY['opened'::text, 'closing'::text, 'closed'::text, 'succeeded'::text])))
charge: charge_success_has_evidence CHECK ((((state = 'succeeded'::text) = (transaction_id IS NOT NULL)) AND ((state = 'succeeded'::text) = (success_time IS NOT NULL)) AND ((state = 'succeeded'::text) = (settlement IS NOT NULL))))
difference: difference_bill_day_id_fkey FOREIGN KEY (bill_day_id) REFERENCES bill_day(id)
difference: difference_bill_day_id_kind_reference_key UNIQUE (bill_day_id, kind, reference)
difference: difference_checks_check CHECK ((checks >= 0))
difference: difference_kind_check CHECK ((kind = ANY (ARRAY['payment_missing_here'::text, 'payment_missing_there'::text, 'payment_amount'::text, 'refund_missing_here'::text, 'refund_missing_there'::text, 'refund_amount'::text, 'refund_state'::text, 'fund_flow_missing'::text, 'fund_flow_amount'::text, 'balance_chain'::text, 'other'::text])))
difference: difference_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 500)))
difference: difference_open_has_no_resolver CHECK (((state = 'resolved'::text) OR (resolved_by IS NULL)))
difference: difference_pkey PRIMARY KEY (id)
difference: difference_resolved_is_not_asked CHECK (((state = 'open'::text) OR (next_check_at IS NULL)))
difference: difference_resolved_says_how CHECK ((((state = 'resolved'::text) = (resolved_at IS NOT NULL)) AND ((state = 'resolved'::text) = (note IS NOT NULL))))
difference: difference_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text])))
fulfilment: fulfilment_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
fulfilment: fulfilment_pkey PRIMARY KEY (order_id)
fund_flow_row: fund_flow_row_amount_fen_check CHECK ((abs(amount_fen) <= '100000000000'::bigint))
fund_flow_row: fund_flow_row_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'refund'::text, 'refund_closed'::text, 'fee'::text, 'withdrawal'::text, 'top_up'::text, 'other'::text])))
fund_flow_row: fund_flow_row_pkey PRIMARY KEY (bill_day_id, row_no)
fund_flow_row: fund_flow_row_row_no_check CHECK ((row_no > 0))
goods: goods_goods_tag_check CHECK (((char_length(goods_tag) >= 1) AND (char_length(goods_tag) <= 32)))
goods: goods_id_check CHECK ((id ~ '^[a-z0-9-]{1,64}$'::text))
goods: goods_kind_check CHECK ((kind = ANY (ARRAY['goods'::text, 'service'::text])))
goods: goods_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60)))
goods: goods_pkey PRIMARY KEY (id)
goods: goods_position_key UNIQUE ("position")
goods: goods_price_fen_check CHECK (((price_fen)::bigint > 0))
idempotency_key: idempotency_key_key_check CHECK ((key ~ '^[A-Za-z0-9_-]{16,128}$'::text))
idempotency_key: idempotency_key_pkey PRIMARY KEY (owner, key)
idempotency_key: idempotency_key_request_sha256_check CHECK ((octet_length(request_sha256) = 32))
lesson: lesson_cancel_reason_check CHECK (((char_length(cancel_reason) >= 1) AND (char_length(cancel_reason) <= 50)))
lesson: lesson_cancelled_has_a_time CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL)))
lesson: lesson_check CHECK (((price_fen)::bigint <= (original_fen)::bigint))
lesson: lesson_check1 CHECK (((amount_fen)::bigint <= (price_fen)::bigint))
lesson: lesson_completed_has_an_amount CHECK ((((state = ANY (ARRAY['completing'::text, 'deducting'::text, 'paid'::text])) <= (amount_fen IS NOT NULL)) AND ((state = ANY (ARRAY['unused'::text, 'starting'::text, 'in_service'::text])) <= (amount_fen IS NULL))))
lesson: lesson_discount_check CHECK (((char_length(discount) >= 1) AND (char_length(discount) <= 20)))
lesson: lesson_mchid_out_order_no_key UNIQUE (mchid, out_order_no)
lesson: lesson_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20)))
lesson: lesson_number_check CHECK ((number > 0))
lesson: lesson_out_order_no_check CHECK ((out_order_no ~ '^[0-9A-Za-z_*-]{1,32}$'::text))
lesson: lesson_paid_charge_id_fkey FOREIGN KEY (paid_charge_id) REFERENCES charge(id)
lesson: lesson_paid_has_a_charge CHECK ((((state = 'paid'::text) = (paid_at IS NOT NULL)) AND ((paid_charge_id IS NOT NULL) = ((state = 'paid'::text) AND ((amount_fen)::bigint > 0)))))
lesson: lesson_pkey PRIMARY KEY (id)
lesson: lesson_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 300)))
lesson: lesson_query_count_check CHECK ((query_count >= 0))
lesson: lesson_sign_plan_id_fkey FOREIGN KEY (sign_plan_id) REFERENCES sign_plan(id)
lesson: lesson_sign_plan_id_number_key UNIQUE (sign_plan_id, number)
lesson: lesson_state_check CHECK ((state = ANY (ARRAY['unused'::text, 'starting'::text, 'in_service'::text, 'completing'::text, 'deducting'::text, 'cancelling'::text, 'paid'::text, 'cancelled'::text])))
lesson: lesson_taken_has_a_request CHECK (((state = 'unused'::text) OR (start_request IS NOT NULL)))
lesson: lesson_under_way_is_queried CHECK (((state = ANY (ARRAY['starting'::text, 'completing'::text, 'cancelling'::text])) = (next_query_at IS NOT NULL)))
lesson_order: lesson_order_lesson_id_fkey FOREIGN KEY (lesson_id) REFERENCES lesson(id)
lesson_order: lesson_order_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
lesson_order: lesson_order_pkey PRIMARY KEY (order_id)
merchant_key: merchant_key_check CHECK ((expires_at > created_at))
merchant_key: merchant_key_key_sha256_check CHECK ((octet_length(key_sha256) = 32))
merchant_key: merchant_key_key_sha256_key UNIQUE (key_sha256)
merchant_key: merchant_key_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 64)))
merchant_key: merchant_key_person_check CHECK (((char_length(person) >= 1) AND (char_length(person) <= 64)))
merchant_key: merchant_key_pkey PRIMARY KEY (id)
merchant_key: merchant_key_scopes_check CHECK ((cardinality(scopes) > 0))
migration: migration_pkey PRIMARY KEY (name)
movement: movement_amount_fen_check CHECK ((abs(amount_fen) <= '100000000000'::bigint))
movement: movement_charge_id_fkey FOREIGN KEY (charge_id) REFERENCES charge(id)
movement: movement_has_a_direction CHECK ((((kind = 'payment'::text) = (amount_fen > 0)) AND (amount_fen <> 0)))
movement: movement_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'refund'::text])))
movement: movement_pkey PRIMARY KEY (kind, provider_ref)
movement: movement_proof_check CHECK ((proof = ANY (ARRAY['notification'::text, 'query'::text, 'bill'::text])))
notification_inbox: inbox_finished_has_a_time CHECK (((state = 'pending'::text) = (finished_at IS NULL)))
notification_inbox: inbox_pending_is_due CHECK (((state = 'pending'::text) = (next_attempt_at IS NOT NULL)))
notification_inbox: notification_inbox_attempts_check CHECK ((attempts >= 0))
notification_inbox: notification_inbox_body_check CHECK ((octet_length(body) <= 65536))
notification_inbox: notification_inbox_notify_id_check CHECK (((char_length(notify_id) >= 1) AND (char_length(notify_id) <= 128)))
notification_inbox: notification_inbox_pkey PRIMARY KEY (mchid, notify_id)
notification_inbox: notification_inbox_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'processed'::text, 'ignored'::text, 'dead'::text])))
order_item: order_item_goods_id_fkey FOREIGN KEY (goods_id) REFERENCES goods(id)
order_item: order_item_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
order_item: order_item_order_id_goods_id_key UNIQUE (order_id, goods_id)
order_item: order_item_pkey PRIMARY KEY (order_id, "position")
order_item: order_item_position_check CHECK (("position" >= 0))
order_item: order_item_price_fen_check CHECK (((price_fen)::bigint > 0))
order_item: order_item_quantity_check CHECK (((quantity >= 1) AND (quantity <= 99)))
orders: order_discount_has_a_name CHECK ((((discount_fen)::bigint > 0) = (discount_name IS NOT NULL)))
orders: order_paid_by_own_charge FOREIGN KEY (paid_charge_id, id) REFERENCES charge(id, subject_id)
orders: order_paid_has_charge CHECK ((((state = 'paid'::text) = (paid_charge_id IS NOT NULL)) AND ((state = 'paid'::text) = (paid_at IS NOT NULL))))
orders: orders_amount_fen_check CHECK (((amount_fen)::bigint > 0))
orders: orders_attach_check CHECK (((char_length(attach) >= 1) AND (char_length(attach) <= 128)))
orders: orders_check CHECK ((expires_at > created_at))
orders: orders_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 127)))
orders: orders_discount_name_check CHECK (((char_length(discount_name) >= 1) AND (char_length(discount_name) <= 20)))
orders: orders_goods_tag_check CHECK (((char_length(goods_tag) >= 1) AND (char_length(goods_tag) <= 32)))
orders: orders_pkey PRIMARY KEY (id)
orders: orders_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'closing'::text, 'paid'::text, 'closed'::text])))
plan: plan_duration_days_check CHECK ((duration_days > 0))
plan: plan_known_has_a_number CHECK (((state = ANY (ARRAY['creating'::text, 'refused'::text])) OR (plan_id IS NOT NULL)))
plan: plan_mchid_merchant_plan_no_key UNIQUE (mchid, merchant_plan_no)
plan: plan_merchant_plan_no_check CHECK ((merchant_plan_no ~ '^[0-9A-Za-z_*-]{1,32}$'::text))
plan: plan_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20)))
plan: plan_pkey PRIMARY KEY (id)
plan: plan_plan_id_key UNIQUE (plan_id)
plan: plan_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 300)))
plan: plan_query_count_check CHECK ((query_count >= 0))
plan: plan_service_id_check CHECK (((char_length(service_id) >= 1) AND (char_length(service_id) <= 32)))
plan: plan_state_check CHECK ((state = ANY (ARRAY['creating'::text, 'on_sale'::text, 'refused'::text, 'stopping'::text, 'stopped'::text])))
plan: plan_stopped_has_a_time CHECK (((state = 'stopped'::text) = (stopped_at IS NOT NULL)))
plan: plan_under_way_is_queried CHECK (((state = ANY (ARRAY['creating'::text, 'stopping'::text])) = (next_query_at IS NOT NULL)))
plan_lesson: plan_lesson_discount_check CHECK (((char_length(discount) >= 1) AND (char_length(discount) <= 20)))
plan_lesson: plan_lesson_is_no_dearer CHECK (((price_fen)::bigint <= (original_fen)::bigint))
plan_lesson: plan_lesson_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20)))
plan_lesson: plan_lesson_number_check CHECK ((number > 0))
plan_lesson: plan_lesson_pkey PRIMARY KEY (plan_id, number)
plan_lesson: plan_lesson_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id)
prepay: prepay_charge_id_fkey FOREIGN KEY (charge_id) REFERENCES charge(id)
prepay: prepay_has_an_age CHECK (((prepay_id IS NULL) = (made_at IS NULL)))
prepay: prepay_pkey PRIMARY KEY (charge_id)
prepay: prepay_prepay_id_check CHECK (((char_length(prepay_id) >= 1) AND (char_length(prepay_id) <= 64)))
refund: refund_accepted_has_a_number CHECK ((((state = ANY (ARRAY['processing'::text, 'abnormal'::text, 'succeeded'::text, 'closed'::text])) = (refund_id IS NOT NULL)) AND ((refund_id IS NULL) = (accepted_at IS NULL))))
refund: refund_amount_fen_check CHECK (((amount_fen)::bigint > 0))
refund: refund_approved_by_another CHECK (((approved_by IS NULL) OR (approved_by <> requested_by)))
refund: refund_cause_check CHECK ((cause = ANY (ARRAY['merchant'::text, 'shopper'::text, 'paid_after_close'::text, 'paid_twice'::text, 'foreign'::text])))
refund: refund_charge_id_fkey FOREIGN KEY (charge_id) REFERENCES charge(id)
refund: refund_goes_with_approval CHECK (((needs_approval AND (state <> ALL (ARRAY['proposed'::text, 'declined'::text]))) = (approved_by IS NOT NULL)))
refund: refund_mchid_out_refund_no_key UNIQUE (mchid, out_refund_no)
refund: refund_out_refund_no_check CHECK ((out_refund_no ~ '^[0-9A-Za-z_|*@-]{1,64}$'::text))
refund: refund_person_asked CHECK (((NOT needs_approval) OR (requested_by IS NOT NULL)))
refund: refund_pkey PRIMARY KEY (id)
refund: refund_proposed_needs_approval CHECK (((state <> ALL (ARRAY['proposed'::text, 'declined'::text])) OR needs_approval))
refund: refund_query_count_check CHECK ((query_count >= 0))
refund: refund_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 80)))
refund: refund_sent_after_approval CHECK (((state <> ALL (ARRAY['proposed'::text, 'declined'::text])) OR (request IS NULL)))
refund: refund_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'declined'::text, 'waiting'::text, 'withdrawn'::text, 'processing'::text, 'abnormal'::text, 'succeeded'::text, 'closed'::text])))
refund: refund_success_has_evidence CHECK (((state = 'succeeded'::text) = (success_time IS NOT NULL)))
refund: refund_under_way_is_queried CHECK (((state = ANY (ARRAY['waiting'::text, 'processing'::text, 'abnormal'::text])) = (next_query_at IS NOT NULL)))
refund_request: refund_request_amount_fen_check CHECK (((amount_fen)::bigint > 0))
refund_request: refund_request_approved_is_refunded CHECK (((state = 'approved'::text) = (refund_id IS NOT NULL)))
refund_request: refund_request_decision_has_a_time CHECK (((state = 'requested'::text) = (decided_at IS NULL)))
refund_request: refund_request_declined_says_why CHECK (((state = 'declined'::text) = (note IS NOT NULL)))
refund_request: refund_request_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 120)))
refund_request: refund_request_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
refund_request: refund_request_pkey PRIMARY KEY (id)
refund_request: refund_request_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 80)))
refund_request: refund_request_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES refund(id)
refund_request: refund_request_refund_id_key UNIQUE (refund_id)
refund_request: refund_request_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'approved'::text, 'declined'::text])))
service_use: service_use_order_id_goods_id_fkey FOREIGN KEY (order_id, goods_id) REFERENCES order_item(order_id, goods_id)
service_use: service_use_pkey PRIMARY KEY (id)
service_use: service_use_quantity_check CHECK ((quantity > 0))
service_use: service_use_undone_by_somebody CHECK (((undone_at IS NULL) = (undone_by IS NULL)))
session: session_check CHECK ((last_used_at >= created_at))
session: session_pkey PRIMARY KEY (token_sha256)
session: session_token_sha256_check CHECK ((octet_length(token_sha256) = 32))
session: session_user_id_fkey FOREIGN KEY (user_id) REFERENCES wechat_user(id) ON DELETE CASCADE
shipment: shipment_attempt_has_a_body CHECK (((attempts = 0) OR (body IS NOT NULL)))
shipment: shipment_attempts_check CHECK ((attempts >= 0))
shipment: shipment_charge_id_fkey FOREIGN KEY (charge_id) REFERENCES charge(id)
shipment: shipment_charge_id_key UNIQUE (charge_id)
shipment: shipment_finished_has_a_time CHECK (((state = 'waiting'::text) = (finished_at IS NULL)))
shipment: shipment_pkey PRIMARY KEY (id)
shipment: shipment_refused_has_a_reason CHECK (((state <> 'refused'::text) OR (errcode IS NOT NULL)))
shipment: shipment_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'uploaded'::text, 'refused'::text, 'skipped'::text])))
shipment: shipment_waiting_is_due CHECK (((state = 'waiting'::text) = (next_attempt_at IS NOT NULL)))
sign_plan: sign_plan_cancelled_has_a_time CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL)))
sign_plan: sign_plan_known_has_a_number CHECK (((state = ANY (ARRAY['creating'::text, 'refused'::text])) OR (sign_plan_id IS NOT NULL)))
sign_plan: sign_plan_live_is_queried CHECK ((((state = ANY (ARRAY['creating'::text, 'unsigned'::text, 'signed'::text])) OR ((state = ANY (ARRAY['refused'::text, 'lapsed'::text])) AND (stop_reason IS NOT NULL))) = (next_query_at IS NOT NULL)))
sign_plan: sign_plan_mchid_merchant_sign_plan_no_key UNIQUE (mchid, merchant_sign_plan_no)
sign_plan: sign_plan_merchant_sign_plan_no_check CHECK ((merchant_sign_plan_no ~ '^[0-9A-Za-z_*-]{1,32}$'::text))
sign_plan: sign_plan_package_ends CHECK (((package IS NULL) = (package_until IS NULL)))
sign_plan: sign_plan_pkey PRIMARY KEY (id)
sign_plan: sign_plan_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id)
sign_plan: sign_plan_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 300)))
sign_plan: sign_plan_query_count_check CHECK ((query_count >= 0))
sign_plan: sign_plan_sign_plan_id_key UNIQUE (sign_plan_id)
sign_plan: sign_plan_signed_has_times CHECK (((state <> ALL (ARRAY['signed'::text, 'completed'::text, 'expired'::text])) OR ((signed_at IS NOT NULL) AND (over_at IS NOT NULL))))
sign_plan: sign_plan_state_check CHECK ((state = ANY (ARRAY['creating'::text, 'unsigned'::text, 'refused'::text, 'lapsed'::text, 'signed'::text, 'completed'::text, 'cancelled'::text, 'expired'::text])))
sign_plan: sign_plan_stop_has_an_author CHECK (((stop_reason IS NULL) = (stopped_by IS NULL)))
sign_plan: sign_plan_stop_reason_check CHECK (((char_length(stop_reason) >= 1) AND (char_length(stop_reason) <= 50)))
sign_plan: sign_plan_stopped_by_check CHECK ((stopped_by = ANY (ARRAY['shopper'::text, 'shop'::text])))
state_transition: state_transition_pkey PRIMARY KEY (entity, from_state, to_state)
wechat_user: wechat_user_appid_openid_key UNIQUE (appid, openid)
wechat_user: wechat_user_pkey PRIMARY KEY (id)

-- indexes
CREATE INDEX anomaly_open ON anomaly USING btree (kind) WHERE (resolved_at IS NULL)
CREATE INDEX audit_entry_by_subject ON audit_entry USING btree (subject, id DESC)
CREATE INDEX bill_day_due ON bill_day USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL)
CREATE INDEX bill_row_of_refund ON bill_row USING btree (refund_id) WHERE (refund_id IS NOT NULL)
CREATE INDEX bill_row_of_transaction ON bill_row USING btree (transaction_id) WHERE (refund_id IS NULL)
CREATE INDEX bill_row_unknown ON bill_row USING btree (bill_day_id) WHERE (kind = ANY (ARRAY['revoked'::text, 'other'::text]))
CREATE INDEX card_due ON card USING btree (next_query_at) WHERE (next_query_at IS NOT NULL)
CREATE INDEX card_of_asker ON card USING btree (asked_by, id DESC)
CREATE INDEX card_of_holder ON card USING btree (openid, id DESC) WHERE (openid IS NOT NULL)
CREATE INDEX card_of_template ON card USING btree (template_id, id DESC)
CREATE UNIQUE INDEX card_one_offered ON card USING btree (template_id, asked_by) WHERE (state = ANY (ARRAY['preparing'::text, 'prepared'::text]))
CREATE INDEX card_order_of_card ON card_order USING btree (card_id)
CREATE INDEX card_record_of_order ON card_record USING btree (order_id)
CREATE INDEX card_record_open ON card_record USING btree (card_id, number) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text, 'refused'::text]))
CREATE INDEX card_record_too_late ON card_record USING btree (created_at) WHERE (state = 'too_late'::text)
CREATE INDEX card_to_tell ON card USING btree (next_send_at) WHERE (next_send_at IS NOT NULL)
CREATE INDEX charge_by_subject ON charge USING btree (subject_id, id DESC)
CREATE INDEX charge_due ON charge USING btree (next_query_at) WHERE (state = ANY (ARRAY['opened'::text, 'closing'::text]))
CREATE UNIQUE INDEX charge_one_live ON charge USING btree (purpose, subject_id) WHERE (state = ANY (ARRAY['opened'::text, 'closing'::text]))
CREATE UNIQUE INDEX charge_one_settled ON charge USING btree (purpose, subject_id) WHERE (settlement = 'settled'::text)
CREATE UNIQUE INDEX charge_one_transaction ON charge USING btree (transaction_id)
CREATE INDEX difference_due ON difference USING btree (next_check_at) WHERE (next_check_at IS NOT NULL)
CREATE INDEX difference_open ON difference USING btree (bill_day_id) WHERE (state = 'open'::text)
CREATE INDEX fund_flow_row_of_business ON fund_flow_row USING btree (business_id)
CREATE INDEX fund_flow_row_unknown ON fund_flow_row USING btree (bill_day_id) WHERE (kind = 'other'::text)
CREATE INDEX idempotency_key_by_age ON idempotency_key USING btree (created_at)
CREATE INDEX lesson_by_state ON lesson USING btree (state, id DESC)
CREATE INDEX lesson_due ON lesson USING btree (next_query_at) WHERE (next_query_at IS NOT NULL)
CREATE UNIQUE INDEX lesson_one_open ON lesson USING btree (sign_plan_id) WHERE (state = ANY (ARRAY['starting'::text, 'in_service'::text, 'completing'::text, 'deducting'::text, 'cancelling'::text]))
CREATE INDEX lesson_order_of_lesson ON lesson_order USING btree (lesson_id)
CREATE INDEX movement_by_charge ON movement USING btree (charge_id)
CREATE INDEX movement_by_record ON movement USING btree (recorded_at)
CREATE INDEX movement_by_time ON movement USING btree (mchid, occurred_at)
CREATE INDEX movement_late ON movement USING btree (mchid, occurred_at) WHERE ((recorded_at - occurred_at) > '01:00:00'::interval)
CREATE UNIQUE INDEX movement_one_payment ON movement USING btree (charge_id) WHERE (kind = 'payment'::text)
CREATE INDEX notification_inbox_by_age ON notification_inbox USING btree (received_at)
CREATE INDEX notification_inbox_due ON notification_inbox USING btree (next_attempt_at) WHERE (state = 'pending'::text)
CREATE INDEX notification_inbox_open ON notification_inbox USING btree (state, received_at) WHERE (state = ANY (ARRAY['pending'::text, 'dead'::text]))
CREATE INDEX orders_by_state ON orders USING btree (state, id DESC)
CREATE INDEX orders_of_user ON orders USING btree (user_id, id DESC)
CREATE INDEX orders_open ON orders USING btree (expires_at) WHERE (state = ANY (ARRAY['pending'::text, 'closing'::text]))
CREATE INDEX orders_paid_of_openid ON orders USING btree (openid, paid_at) WHERE (state = 'paid'::text)
CREATE INDEX plan_due ON plan USING btree (next_query_at) WHERE (next_query_at IS NOT NULL)
CREATE INDEX refund_by_charge ON refund USING btree (charge_id)
CREATE INDEX refund_by_state ON refund USING btree (state, id DESC)
CREATE INDEX refund_due ON refund USING btree (next_query_at) WHERE (state = ANY (ARRAY['waiting'::text, 'processing'::text, 'abnormal'::text]))
CREATE UNIQUE INDEX refund_one_automatic ON refund USING btree (charge_id) WHERE (cause = ANY (ARRAY['paid_after_close'::text, 'paid_twice'::text]))
CREATE UNIQUE INDEX refund_one_number ON refund USING btree (refund_id)
CREATE INDEX refund_request_by_order ON refund_request USING btree (order_id, id DESC)
CREATE INDEX refund_request_by_state ON refund_request USING btree (state, id DESC)
CREATE UNIQUE INDEX refund_request_one_open ON refund_request USING btree (order_id) WHERE (state = 'requested'::text)
CREATE INDEX service_use_of_order ON service_use USING btree (order_id, id)
CREATE INDEX session_by_age ON session USING btree (created_at)
CREATE INDEX session_of_user ON session USING btree (user_id)
CREATE INDEX shipment_due ON shipment USING btree (next_attempt_at) WHERE (state = 'waiting'::text)
CREATE INDEX sign_plan_due ON sign_plan USING btree (next_query_at) WHERE (next_query_at IS NOT NULL)
CREATE INDEX sign_plan_of_plan ON sign_plan USING btree (plan_id, id DESC)
CREATE INDEX sign_plan_of_user ON sign_plan USING btree (user_id, id DESC)
CREATE UNIQUE INDEX sign_plan_one_live ON sign_plan USING btree (plan_id, user_id) WHERE (state = ANY (ARRAY['creating'::text, 'unsigned'::text, 'signed'::text]))

-- triggers
CREATE TRIGGER anomaly_is_fixed BEFORE UPDATE OF id, kind, mchid, out_trade_no, first_seen_at ON anomaly FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER anomaly_stays BEFORE DELETE ON anomaly FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_entry_is_not_emptied BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_entry_stays BEFORE DELETE OR UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_seal_is_not_emptied BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_seal_stays BEFORE DELETE OR UPDATE ON audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER bill_day_file_is_fixed BEFORE UPDATE OF sha1 ON bill_day FOR EACH ROW WHEN (((old.sha1 IS NOT NULL) AND (new.sha1 IS DISTINCT FROM old.sha1))) EXECUTE FUNCTION refuse_change()
CREATE TRIGGER bill_day_is_fixed BEFORE UPDATE OF id, mchid, date, bill ON bill_day FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER bill_day_moves_forward BEFORE UPDATE OF state ON bill_day FOR EACH ROW EXECUTE FUNCTION guard_transition('bill_day')
CREATE TRIGGER bill_day_stays BEFORE DELETE ON bill_day FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_holder_is_fixed BEFORE UPDATE OF openid, card_id, taken_at ON card FOR EACH ROW WHEN (((old.openid IS NOT NULL) AND (((new.openid IS DISTINCT FROM old.openid) OR (new.card_id IS DISTINCT FROM old.card_id)) OR (new.taken_at IS DISTINCT FROM old.taken_at)))) EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_is_fixed BEFORE UPDATE OF id, template_id, mchid, appid, out_card_code, asked_by, created_at, request ON card FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_moves_forward BEFORE UPDATE OF state ON card FOR EACH ROW EXECUTE FUNCTION guard_transition('card')
CREATE TRIGGER card_stays BEFORE DELETE ON card FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_goal_stays BEFORE DELETE OR UPDATE ON card_goal FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_order_fits BEFORE INSERT ON card_order FOR EACH ROW EXECUTE FUNCTION guard_card_order()
CREATE TRIGGER card_order_stays BEFORE DELETE OR UPDATE ON card_order FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_record_fits BEFORE INSERT ON card_record FOR EACH ROW EXECUTE FUNCTION guard_card_record()
CREATE TRIGGER card_record_is_fixed BEFORE UPDATE OF id, card_id, number, kind, objective_id, reward_id, serial_no, direction, times, amount_fen, description, order_id, happened_at, created_at ON card_record FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_record_moves_forward BEFORE UPDATE OF state ON card_record FOR EACH ROW EXECUTE FUNCTION guard_transition('card_record')
CREATE TRIGGER card_record_request_is_fixed BEFORE UPDATE OF request ON card_record FOR EACH ROW WHEN (((old.request IS NOT NULL) AND (new.request IS DISTINCT FROM old.request))) EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_record_stays BEFORE DELETE ON card_record FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_reward_stays BEFORE DELETE OR UPDATE ON card_reward FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_template_is_fixed BEFORE UPDATE OF id, mchid, appid, card_template_id, name, description, duration_days, created_at ON card_template FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_template_moves_forward BEFORE UPDATE OF state ON card_template FOR EACH ROW EXECUTE FUNCTION guard_transition('card_template')
CREATE TRIGGER card_template_stays BEFORE DELETE ON card_template FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_template_goal_stays BEFORE DELETE OR UPDATE ON card_template_goal FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER card_template_reward_stays BEFORE DELETE OR UPDATE ON card_template_reward FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER charge_is_fixed BEFORE UPDATE OF id, source, purpose, subject_id, mchid, out_trade_no, appid, openid, currency, description, created_at, expires_at ON charge FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER charge_moves_forward BEFORE UPDATE OF state ON charge FOR EACH ROW EXECUTE FUNCTION guard_transition('charge')
CREATE TRIGGER charge_stays BEFORE DELETE ON charge FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER charge_sum_is_fixed BEFORE UPDATE OF amount_fen ON charge FOR EACH ROW WHEN ((((new.amount_fen)::bigint IS DISTINCT FROM (old.amount_fen)::bigint) AND (NOT ((old.source = 'payscore'::text) AND (old.state = ANY (ARRAY['opened'::text, 'closing'::text])) AND ((new.amount_fen)::bigint < (old.amount_fen)::bigint))))) EXECUTE FUNCTION refuse_change()
CREATE TRIGGER difference_is_fixed BEFORE UPDATE OF id, bill_day_id, kind, reference, out_trade_no, out_refund_no, delta_fen, created_at ON difference FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER difference_moves_forward BEFORE UPDATE OF state ON difference FOR EACH ROW EXECUTE FUNCTION guard_transition('difference')
CREATE TRIGGER difference_stays BEFORE DELETE ON difference FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER fulfilment_is_shipped AFTER INSERT ON fulfilment FOR EACH ROW EXECUTE FUNCTION plan_shipment()
CREATE TRIGGER fulfilment_stays BEFORE DELETE OR UPDATE ON fulfilment FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER lesson_is_fixed BEFORE UPDATE OF id, sign_plan_id, mchid, number, name, original_fen, price_fen, discount, out_order_no ON lesson FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER lesson_is_in_order BEFORE UPDATE OF state ON lesson FOR EACH ROW EXECUTE FUNCTION guard_lesson_order()
CREATE TRIGGER lesson_moves_forward BEFORE UPDATE OF state ON lesson FOR EACH ROW EXECUTE FUNCTION guard_transition('lesson')
CREATE TRIGGER lesson_stays BEFORE DELETE ON lesson FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER lesson_order_stays BEFORE DELETE OR UPDATE ON lesson_order FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER merchant_key_is_fixed BEFORE UPDATE OF id, person, name, key_sha256, scopes, created_at, created_by, expires_at ON merchant_key FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER merchant_key_revoked_for_ever BEFORE UPDATE OF revoked_at ON merchant_key FOR EACH ROW WHEN ((old.revoked_at IS NOT NULL)) EXECUTE FUNCTION refuse_change()
CREATE TRIGGER merchant_key_stays BEFORE DELETE ON merchant_key FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER movement_stays BEFORE DELETE OR UPDATE ON movement FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER order_item_stays BEFORE DELETE OR UPDATE ON order_item FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER order_is_fixed BEFORE UPDATE OF id, user_id, mchid, appid, openid, amount_fen, discount_fen, discount_name, description, goods_tag, attach, created_at, expires_at ON orders FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER order_moves_forward BEFORE UPDATE OF state ON orders FOR EACH ROW EXECUTE FUNCTION guard_transition('order')
CREATE TRIGGER order_stays BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER plan_is_fixed BEFORE UPDATE OF id, mchid, appid, service_id, merchant_plan_no, name, duration_days, created_at, request ON plan FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER plan_moves_forward BEFORE UPDATE OF state ON plan FOR EACH ROW EXECUTE FUNCTION guard_transition('plan')
CREATE TRIGGER plan_stays BEFORE DELETE ON plan FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER plan_lesson_is_in_order BEFORE INSERT ON plan_lesson FOR EACH ROW EXECUTE FUNCTION guard_plan_lesson()
CREATE TRIGGER plan_lesson_stays BEFORE DELETE OR UPDATE ON plan_lesson FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER prepay_body_is_fixed BEFORE UPDATE OF charge_id, body ON prepay FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER refund_is_fixed BEFORE UPDATE OF id, charge_id, mchid, out_refund_no, cause, amount_fen, reason, requested_by, needs_approval, created_at ON refund FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER refund_moves_forward BEFORE UPDATE OF state ON refund FOR EACH ROW EXECUTE FUNCTION guard_transition('refund')
CREATE TRIGGER refund_number_is_fixed BEFORE UPDATE OF refund_id ON refund FOR EACH ROW WHEN (((old.refund_id IS NOT NULL) AND (new.refund_id IS DISTINCT FROM old.refund_id))) EXECUTE FUNCTION refuse_change()
CREATE TRIGGER refund_request_is_fixed BEFORE UPDATE OF request ON refund FOR EACH ROW WHEN (((old.request IS NOT NULL) AND (new.request IS DISTINCT FROM old.request))) EXECUTE FUNCTION refuse_change()
CREATE TRIGGER refund_stays BEFORE DELETE ON refund FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER refund_request_is_fixed BEFORE UPDATE OF id, order_id, amount_fen, reason, created_at ON refund_request FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER refund_request_moves_forward BEFORE UPDATE OF state ON refund_request FOR EACH ROW EXECUTE FUNCTION guard_transition('refund_request')
CREATE TRIGGER refund_request_stays BEFORE DELETE ON refund_request FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER service_use_is_bought BEFORE INSERT ON service_use FOR EACH ROW EXECUTE FUNCTION guard_service_use()
CREATE TRIGGER service_use_is_fixed BEFORE UPDATE OF id, order_id, goods_id, quantity, used_at, used_by ON service_use FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER service_use_stays BEFORE DELETE ON service_use FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER shipment_body_is_fixed BEFORE UPDATE OF body ON shipment FOR EACH ROW WHEN (((old.body IS NOT NULL) AND (new.body IS DISTINCT FROM old.body))) EXECUTE FUNCTION refuse_change()
CREATE TRIGGER shipment_is_fixed BEFORE UPDATE OF id, charge_id, fulfilled_at ON shipment FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER shipment_moves_forward BEFORE UPDATE OF state ON shipment FOR EACH ROW EXECUTE FUNCTION guard_transition('shipment')
CREATE TRIGGER shipment_stays BEFORE DELETE ON shipment FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER sign_plan_is_fixed BEFORE UPDATE OF id, plan_id, user_id, mchid, appid, openid, service_id, merchant_sign_plan_no, created_at, request ON sign_plan FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER sign_plan_moves_forward BEFORE UPDATE OF state ON sign_plan FOR EACH ROW EXECUTE FUNCTION guard_transition('sign_plan')
CREATE TRIGGER sign_plan_stays BEFORE DELETE ON sign_plan FOR EACH ROW EXECUTE FUNCTION refuse_change()

-- functions
CREATE OR REPLACE FUNCTION guard_card_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (
    select from orders, card
    where orders.id = new.order_id and card.id = new.card_id and card.state = 'ongoing'
      and orders.discount_fen = new.discount_fen and orders.openid = card.openid and orders.mchid = card.mchid
  ) then
    raise exception 'order % has another discount, or card % gives none', new.order_id, new.card_id using errcode = 'ZP003';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION guard_card_record()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
CREATE OR REPLACE FUNCTION guard_lesson_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state = 'unused' and new.state <> 'unused' and new.number > 1 and not exists (
    select from lesson
    where sign_plan_id = new.sign_plan_id and number = new.number - 1 and state in ('paid', 'cancelled')
  ) then
    raise exception 'lesson % is taken before the one before it has ended', new.id using errcode = 'ZP003';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION guard_plan_lesson()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.number > 1 and not exists (
    select from plan_lesson
    where plan_id = new.plan_id and number = new.number - 1 and price_fen >= new.price_fen
  ) then
    raise exception 'lesson % of plan % has none before it that is as dear', new.number, new.plan_id using errcode = 'ZP003';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION guard_service_use()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
CREATE OR REPLACE FUNCTION guard_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.state is distinct from old.state and not exists (
    select from state_transition
    where entity = tg_argv[0] and from_state = old.state and to_state = new.state
  ) then
    raise exception '% % may not move from % to %', tg_argv[0], old.id, old.state, new.state using errcode = 'ZP001';
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION plan_shipment()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into shipment (id, charge_id, fulfilled_at, next_attempt_at)
  select gen_random_uuid(), paid_charge_id, new.granted_at, new.granted_at
  from orders where id = new.order_id and paid_charge_id is not null;
  return null;
end $function$
CREATE OR REPLACE FUNCTION refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% of % is refused: its rows are evidence', lower(tg_op), tg_table_name using errcode = 'ZP002';
end $function$

-- moves that rows may make
bill_day: empty -> reconciled
bill_day: imported -> reconciled
bill_day: reconciled -> waiting
bill_day: waiting -> empty
bill_day: waiting -> imported
card: lapsed -> finished
card: lapsed -> ongoing
card: lapsed -> owing
card: lapsed -> settling
card: lapsed -> unfinished
card: ongoing -> finished
card: ongoing -> owing
card: ongoing -> settling
card: ongoing -> unfinished
card: owing -> paid
card: prepared -> finished
card: prepared -> lapsed
card: prepared -> ongoing
card: prepared -> owing
card: prepared -> settling
card: prepared -> unfinished
card: preparing -> finished
card: preparing -> ongoing
card: preparing -> owing
card: preparing -> prepared
card: preparing -> refused
card: preparing -> settling
card: preparing -> unfinished
card: refused -> finished
card: refused -> ongoing
card: refused -> owing
card: refused -> settling
card: refused -> unfinished
card: settling -> finished
card: settling -> owing
card: settling -> unfinished
card: unfinished -> owing
card_record: refused -> accepted
card_record: refused -> too_late
card_record: refused -> waiting
card_record: sending -> accepted
card_record: sending -> refused
card_record: sending -> too_late
card_record: too_late -> accepted
card_record: waiting -> sending
card_record: waiting -> too_late
card_template: on_offer -> withdrawn
charge: closed -> succeeded
charge: closing -> closed
charge: closing -> succeeded
charge: opened -> closed
charge: opened -> closing
charge: opened -> succeeded
difference: open -> resolved
lesson: cancelling -> cancelled
lesson: cancelling -> paid
lesson: completing -> cancelled
lesson: completing -> deducting
lesson: completing -> in_service
lesson: completing -> paid
lesson: deducting -> cancelled
lesson: deducting -> cancelling
lesson: deducting -> paid
lesson: in_service -> cancelled
lesson: in_service -> cancelling
lesson: in_service -> completing
lesson: starting -> cancelled
lesson: starting -> in_service
lesson: starting -> unused
lesson: unused -> starting
order: closing -> closed
order: closing -> paid
order: pending -> closed
order: pending -> closing
order: pending -> paid
plan: creating -> on_sale
plan: creating -> refused
plan: creating -> stopped
plan: on_sale -> stopped
plan: on_sale -> stopping
plan: refused -> on_sale
plan: refused -> stopped
plan: stopping -> stopped
refund: abnormal -> closed
refund: abnormal -> processing
refund: abnormal -> succeeded
refund: processing -> abnormal
refund: processing -> closed
refund: processing -> succeeded
refund: proposed -> declined
refund: proposed -> waiting
refund: waiting -> abnormal
refund: waiting -> closed
refund: waiting -> processing
refund: waiting -> succeeded
refund: waiting -> withdrawn
refund: withdrawn -> abnormal
refund: withdrawn -> closed
refund: withdrawn -> processing
refund: withdrawn -> succeeded
refund_request: requested -> approved
refund_request: requested -> declined
shipment: waiting -> refused
shipment: waiting -> skipped
shipment: waiting -> uploaded
sign_plan: creating -> cancelled
sign_plan: creating -> refused
sign_plan: creating -> signed
sign_plan: creating -> unsigned
sign_plan: lapsed -> cancelled
sign_plan: lapsed -> completed
sign_plan: lapsed -> expired
sign_plan: lapsed -> signed
sign_plan: refused -> cancelled
sign_plan: refused -> signed
sign_plan: refused -> unsigned
sign_plan: signed -> cancelled
sign_plan: signed -> completed
sign_plan: signed -> expired
sign_plan: unsigned -> cancelled
sign_plan: unsigned -> completed
sign_plan: unsigned -> expired
sign_plan: unsigned -> lapsed
sign_plan: unsigned -> signed
