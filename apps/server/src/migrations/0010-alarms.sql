-- An alarm that every process would raise is raised by the one that takes its turn here.
create table alarm_turn (
  kind text not null,
  subject text not null,
  raised_at timestamptz not null,
  primary key (kind, subject)
);

-- What was recorded in the last hour, whenever it happened.
create index movement_by_record on movement (recorded_at);
