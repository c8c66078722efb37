-- What proves service is seen by those who answer for it, and kept by the ledger: deliveries of letters, readings of the inbox,
-- what a channel took and what it said later. A number of its own for each row, so that the ledger can name it.
alter table xinheng.letter_result add column entry bigint generated always as identity;
alter table xinheng.notice_result add column entry bigint generated always as identity;
alter table xinheng.notice_receipt add column entry bigint generated always as identity;
create index letter_result_at on xinheng.letter_result using brin (at);
create index notice_opened_at on xinheng.notice_opened using brin (at);
create index notice_result_at on xinheng.notice_result using brin (at);
create index notice_receipt_at on xinheng.notice_receipt using brin (at);
grant select on xinheng.letter_result, xinheng.notice_opened, xinheng.notice_result, xinheng.notice_receipt to xinheng_sequencer;

-- Letters of the unit that need not go out any more, newest first: how each was served, and how often it was opened. Numbers,
-- kinds and days; the receipt may name somebody, and is read with the letter.
create function xinheng.letters_served(p_actor integer) returns table (
  subject uuid, num bigint, why text, at timestamptz, told_at timestamptz, machine text, kind text, file bigint, of_record boolean,
  opened bigint, opened_at timestamptz, service jsonb)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select l.subject, l.num, l.why, l.at, n.at, a.machine, a.kind, a.file, n.nk is not null, p.opened, p.opened_at,
    (select coalesce(jsonb_agg(s - 'reference'), '[]') from jsonb_array_elements(xinheng.service_of(n.subject, n.num)) s)
  from xinheng.letter l join xinheng.notice n on n.subject = l.subject and n.num = l.notice
    left join xinheng.action a on a.subject = n.subject and a.num = n.action
    cross join lateral (select count(*) as opened, max(q.at) as opened_at from xinheng.letter_printed q
      where q.subject = l.subject and q.letter = l.num) p
  where xinheng.prints_for(p_actor, l.unit) and xinheng.is_served(n.subject, n.num)
    and l.at > xinheng.instant() - interval '366 days'
    and (p.opened > 0 or exists (select from xinheng.letter_result x where x.subject = l.subject and x.letter = l.num))
  order by l.at desc, l.num desc limit 200
$$;
-- Who opened a letter and when, and how its service is proven; in the transaction that opened it (print_letter), nothing otherwise.
create function xinheng.letter_history(p_actor integer, p_subject uuid, p_num bigint) returns table (access bigint, opened jsonb, service jsonb)
language plpgsql stable security definer set search_path = pg_catalog, xinheng as $$
begin
  select t.num into access from xinheng.access t where t.subject = p_subject and t.actor = p_actor and t.at = xinheng.instant()
    and t.outcome = 0 and t.matter = 'letter ' || p_num order by t.num desc limit 1;
  if access is null then return; end if;
  select coalesce(jsonb_agg(jsonb_build_object('at', to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', c.display)
      order by p.at), '[]') into opened
    from xinheng.letter_printed p join xinheng.account c on c.num = p.actor where p.subject = p_subject and p.letter = p_num;
  select xinheng.service_of(l.subject, l.notice) into service from xinheng.letter l where l.subject = p_subject and l.num = p_num;
  return next;
end $$;

-- Where a person who is present wants their notices: read and set at the counter, on the ground of their presence, and told.
create function xinheng.contacts_present(p_actor integer, p_subject uuid) returns table (num bigint, channel text, at timestamptz, sealed bytea)
language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  if xinheng.present_now(p_actor, p_subject) is null then return; end if;
  perform xinheng.log_standing(p_subject, p_actor, 'contacts');
  return query select distinct on (k.channel) k.num, k.channel, k.at, k.sealed from xinheng.contact k
    where k.subject = p_subject order by k.channel, k.num desc;
end $$;
create function xinheng.set_contact_present(p_actor integer, p_subject uuid, p_channel text, p_sealed bytea, p_title jsonb, p_text jsonb)
returns boolean language plpgsql security definer set search_path = pg_catalog, xinheng as $$
begin
  if xinheng.present_now(p_actor, p_subject) is null then return false; end if;
  insert into xinheng.contact (subject, channel, sealed) values (p_subject, p_channel, p_sealed);
  insert into xinheng.notice (subject, title, text) values (p_subject, p_title, p_text);
  perform xinheng.log_standing(p_subject, p_actor, 'contacts');
  return true;
end $$;

revoke all on function xinheng.letters_served, xinheng.letter_history, xinheng.contacts_present, xinheng.set_contact_present from public;
grant execute on function xinheng.letters_served, xinheng.letter_history, xinheng.contacts_present, xinheng.set_contact_present to xinheng_app;
