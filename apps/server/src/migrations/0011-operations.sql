-- What the people who run it need: anomalies that can be closed, cheap gauges, and when the last backup was made.

-- A person looks at an anomaly and closes it. Should the same happen again, it is open again; the audit keeps who closed it.
alter table anomaly
  add column id bigint generated always as identity unique,
  add column resolved_at timestamptz,
  -- The person of a merchant key.
  add column resolved_by text check (char_length(resolved_by) between 1 and 64),
  add column note text check (char_length(note) between 1 and 500),
  add constraint anomaly_resolved_says_how check (
    (resolved_at is null) = (resolved_by is null) and (resolved_at is null) = (note is null)
  );
create index anomaly_open on anomaly (kind) where resolved_at is null;

create trigger anomaly_is_fixed before update of id, kind, mchid, out_trade_no, first_seen_at on anomaly
  for each row execute function refuse_change();
create trigger anomaly_stays before delete on anomaly for each row execute function refuse_change();

-- What a person has to look at is found among 90 days of notifications.
create index notification_inbox_open on notification_inbox (state, received_at) where state in ('pending', 'dead');

-- Base backups that were finished; ops/backup/base-backup.sh tells.
create table backup (
  finished_at timestamptz primary key,
  folder text not null check (char_length(folder) between 1 and 300)
);
