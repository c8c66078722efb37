-- What is published of a campaign are the figures of the report it was closed on. Figures of a day, beside those of the day
-- before, tell of one organisation what became of it, however small ones are left out (G12, B8).
drop function xinheng.public_campaigns;
create function xinheng.public_campaigns()
returns table (num integer, problem text, pack smallint, unit smallint, at timestamptz, opened date, until date, closed date, figures bytea, digest bytea)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.num, c.problem, c.pack, c.unit, c.at, (o.at at time zone 'Asia/Shanghai')::date, c.until,
    (z.at at time zone 'Asia/Shanghai')::date, r.figures, r.digest
  from xinheng.campaign c join xinheng.campaign_act o on o.campaign = c.num and o.kind = 'open'
    left join xinheng.campaign_act z on z.campaign = c.num and z.kind = 'close'
    left join xinheng.campaign_act r on r.campaign = z.campaign and r.step = z.before
  order by c.num desc limit 100
$$;
revoke all on function xinheng.public_campaigns from public;
grant execute on function xinheng.public_campaigns to xinheng_app;
