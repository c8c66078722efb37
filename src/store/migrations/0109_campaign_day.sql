-- The open site names a campaign by the rule of the day it was proposed.
drop function xinheng.public_campaigns;
create function xinheng.public_campaigns()
returns table (num integer, problem text, pack smallint, unit smallint, at timestamptz, opened date, until date, closed date)
language sql stable security definer set search_path = pg_catalog, xinheng as $$
  select c.num, c.problem, c.pack, c.unit, c.at, (o.at at time zone 'Asia/Shanghai')::date, c.until,
    (select (z.at at time zone 'Asia/Shanghai')::date from xinheng.campaign_act z where z.campaign = c.num and z.kind = 'close')
  from xinheng.campaign c join xinheng.campaign_act o on o.campaign = c.num and o.kind = 'open'
  order by c.num desc limit 100
$$;
revoke all on function xinheng.public_campaigns from public;
grant execute on function xinheng.public_campaigns to xinheng_app;
