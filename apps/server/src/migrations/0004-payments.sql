-- Mini-program payment: what was sent to WeChat Pay for a charge, and the prepay_id that came back.

create table prepay (
  charge_id uuid primary key references charge (id),
  -- The request as sent. A repeated number must carry the same parameters, or WeChat Pay refuses it.
  body text not null,
  -- Somebody is asking WeChat Pay until then; others wait for the answer.
  asking_until timestamptz,
  prepay_id text check (char_length(prepay_id) between 1 and 64),
  made_at timestamptz,
  constraint prepay_has_an_age check ((prepay_id is null) = (made_at is null))
);
create trigger prepay_body_is_fixed before update of charge_id, body on prepay
  for each row execute function refuse_change();
