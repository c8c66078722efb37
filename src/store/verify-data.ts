/**
 * Queries that must return nothing, over the data. A row is named `{ at: text }` by subject key and natural key, or by
 * the number of a submission, look-up or action: never by what stands in it.
 */

/** What each pack that judged anything says of its items, by version, with the units it entitles as numbers. */
const ITEMS = `(
  select p.num as pack, i ->> 'id' as id, i ->> 'from' as from_day, i ->> 'until' as until_day,
    coalesce((i ->> 'review')::boolean, false) as review,
    array(select u.num from jsonb_array_elements(p.content -> 'units') x join xinheng.unit u on u.id = x ->> 'id'
      where i -> 'sources' ?| array['*', x ->> 'id', 'kind:' || (x ->> 'kind')]) as sources,
    jsonb_array_length(coalesce(i -> 'basis', '[]')) as bases
  from xinheng.pack p, jsonb_array_elements(p.content -> 'items') i)`

const RECORDS = `xinheng.record r join xinheng.submission s on s.num = r.submission join xinheng.item i on i.num = r.item`
const NAME = `'record ' || r.subject || ' ' || r.nk`
const LOOK = `'look-up ' || t.num`

export const DATA_QUERIES = {
  // the digest stands in the ledger (store/ledger-sources.ts); before migration 0022 it was not of what is stored
  packContent: `
    select 'pack ' || p.num as at from xinheng.pack p
    where p.digest <> sha256(convert_to(p.content::text, 'UTF8')) and not exists (
      select from xinheng.pack_load l join public.xinheng_migration m on m.name like '0022%' and l.at < m.applied_at
      where l.pack = p.num)`,
  recordSubmission: `
    select ${NAME} || ': submission ' || r.submission as at from xinheng.record r left join xinheng.submission s on s.num = r.submission
    where s.num is null or not s.accepted`,
  recordTarget: `
    select ${NAME} || ': submission ' || r.submission as at from ${RECORDS} join xinheng.item si on si.num = s.item
    where r.unit <> s.unit or i.id <> si.id`,
  recordInForce: `
    with versions as materialized ${ITEMS}
    select ${NAME} || ': ' || i.id || ' on ' || r.decided as at from ${RECORDS}
    where not exists (select from versions v where v.pack = s.pack and v.id = i.id and v.bases > 0
      and r.decided >= v.from_day::date and (v.until_day is null or r.decided < v.until_day::date))
      or r.decided > (s.at at time zone 'Asia/Shanghai')::date`,
  recordEntitled: `
    with versions as materialized ${ITEMS}
    select ${NAME} || ': ' || i.id || ' from unit ' || r.unit as at from ${RECORDS}
    where not exists (select from versions v where v.pack = s.pack and v.id = i.id and r.unit = any (v.sources)
      and r.decided >= v.from_day::date and (v.until_day is null or r.decided < v.until_day::date))`,
  review: `
    with versions as materialized ${ITEMS}
    select 'submission ' || s.num as at from xinheng.submission s join xinheng.item i on i.num = s.item
    where s.accepted and s.reviewer is null and s.new_rows + s.version_rows > 0
      and (select bool_and(v.review) from versions v where v.pack = s.pack and v.id = i.id)`,
  identityWithoutRecord: `
    select 'subject ' || s.subject as at from xinheng.subject s where not exists (select from xinheng.record r where r.subject = s.subject)`,
  recordWithoutIdentity: `
    select ${NAME} as at from xinheng.record r where not exists (select from xinheng.subject s where s.subject = r.subject)`,

  lookUpActor: `
    select ${LOOK} as at from xinheng.access t left join xinheng.account a on a.num = t.actor
    where t.outcome = 0 and (a.num is null or a.opened_at > t.at or a.closed_at < t.at)`,
  lookUpUnit: `
    select ${LOOK} as at from xinheng.access t join xinheng.account a on a.num = t.actor
    where t.outcome = 0 and case t.ground
      when 3 then a.subject is distinct from t.subject and t.subject <> '00000000-0000-0000-0000-000000000000' and not exists (
        select from xinheng.authority g where g.subject = t.subject and g.representative = a.subject
          and (t.at at time zone 'Asia/Shanghai')::date >= g.from_day and (t.at at time zone 'Asia/Shanghai')::date < g.until_day)
      else a.unit is distinct from t.unit end`,
  lookUpGround: `
    select ${LOOK} || ': ground ' || t.ground as at from xinheng.access t
    where t.outcome = 0 and (t.ground not between 1 and 7 or t.ground in (1, 4, 5) and trim(t.matter) = ''
      or t.ground = 7 and not exists (select from xinheng.presence p where p.subject = t.subject and p.actor = t.actor
        and p.unit = t.unit and p.form = t.matter and t.at >= p.at and t.at < p.until))`,
  lookUpConsent: `
    select ${LOOK} as at from xinheng.access t
    where t.outcome = 0 and t.ground = 2 and not exists (
      select from xinheng.consent c left join xinheng.consent_end e on e.subject = c.subject and e.consent = c.num
      where c.subject = t.subject and c.unit = t.unit and c.purpose = t.purpose
        and c.given_at <= t.at and c.expires_at > t.at and (e.at is null or e.at >= t.at))`,
  lookUpFields: `
    select ${LOOK} as at from xinheng.access t
    where t.outcome = 0 and t.ground in (1, 2, 3, 4, 5) and (t.shown > 0) <> (octet_length(t.items) > 0)
      or t.outcome <> 0 and t.shown > 0`,
  withheld: `
    select 'look-up ' || w.access as at from xinheng.access_withheld w
    left join xinheng.access t on t.subject = w.subject and t.num = w.access left join xinheng.purpose p on p.num = t.purpose
    where t.num is null or t.outcome <> 0 or not exists (
      select from xinheng.pack k, jsonb_array_elements(k.content -> 'purposes') x
      where x ->> 'id' = p.id and w.until <= (t.at at time zone 'Asia/Shanghai')::date + (x -> 'withhold' ->> 'longest')::interval)`,

  endedOfNothing: `
    select 'action ' || a.num as at from xinheng.action a
    where a.nk <> 0 and (a.machine not in ('listing', 'exemplar') or a.entered is not null)
      and not exists (select from xinheng.record r where r.subject = a.subject and r.nk between a.nk and a.nk + 1023) or a.nk & 1023 <> 0`,
  withdrawnByOthers: `
    select 'action ' || a.num as at from xinheng.action a
    where a.kind = 'withdraw' and not exists (
      select from xinheng.record r where r.subject = a.subject and r.nk between a.nk and a.nk + 1023 and r.unit = a.unit)`,
  // what a court's finding hides is hidden today, and nothing adverse came in while it stood (G2)
  incapable: `
    select ${NAME} as at from ${RECORDS} join xinheng.capacity c on c.subject = r.subject and not c.restored
    left join xinheng.capacity e on e.subject = c.subject and e.file = c.file and e.restored
    where i.adverse and (s.at > c.at and (s.at < e.at or e.at is null or r.decided >= c.day and r.decided < e.day)
      or (e.at is null or r.decided >= c.day and r.decided < e.day)
        and (r.nk >> 10) << 10 <> all (xinheng.hidden(r.subject, xinheng.today())))`,
  // whoever had no full capacity gave no consent alone: none from the day of the finding on is left open (G2, G3)
  wardConsent: `
    select 'consent ' || o.num as at from xinheng.consent o join xinheng.capacity c on c.subject = o.subject and not c.restored
    left join xinheng.capacity e on e.subject = c.subject and e.file = c.file and e.restored
    left join xinheng.consent_end x on x.subject = o.subject and x.consent = o.num
    where o.given_by is null and o.given_at >= c.day::timestamp at time zone 'Asia/Shanghai'
      and (e.at is null or o.given_at < e.at) and x.at is null`,
  erasedContent: `
    select ${NAME} as at from xinheng.record r join xinheng.submission s on s.num = r.submission
    join xinheng.action a on a.subject = r.subject and r.nk between a.nk and a.nk + 1023 and a.kind = 'erase' and s.at < a.at
    where octet_length(r.body) + octet_length(r.sealed) > 0`,
  versions: `
    select ${NAME.replaceAll('r.', 'q.')} as at from (
      select r.subject, r.nk, r.submission, lag(r.nk) over w as before, lag(r.submission) over w as earlier
      from xinheng.record r window w as (partition by r.subject order by r.nk)) q
    where q.nk & 1023 > 0 and (q.before is distinct from q.nk - 1 or q.earlier >= q.submission)`,

  sealedVisible: `
    select 'purpose ' || v.purpose || ' unit ' || v.unit as at from xinheng.visible v where not v.sealed_items <@ v.items`,
  // what the gate asks of an item stands beside its visibility, and must be the item's own
  visibleTerms: `
    select 'purpose ' || v.purpose || ' unit ' || v.unit as at from xinheng.visible v
    where v.longest is distinct from
        array(select i.longest from unnest(v.items) with ordinality u (num, turn) join xinheng.item i using (num) order by u.turn)
      or v.entry_items is distinct from
        array(select i.num from unnest(v.items) with ordinality u (num, turn) join xinheng.item i using (num) where i.entry order by u.turn)`,
  organisationNames: `
    select 'subject ' || s.subject as at from xinheng.subject s where (s.name is not null) <> (s.kind = 6)`,
  // what an account may do is what the last change that took effect says, or what it was opened with
  accountRoles: `
    select 'account ' || a.num as at from xinheng.account a
    where a.roles is distinct from coalesce(
      (select c.roles from xinheng.account_decision d join xinheng.account_change c on c.num = d.change
        where d.account = a.num and d.approved and d.kind = 'roles' order by d.num desc limit 1), coalesce(a.opened_roles, a.roles))`,
  // no natural person is in a campaign, and whoever was drawn was told by a look-up of the same instant (decisions/108)
  campaignPersons: `
    select 'campaign ' || d.campaign || ' subject ' || d.subject as at from xinheng.campaign_drawn d left join xinheng.subject s on s.subject = d.subject
    where s.kind is distinct from 6
    union all
    select 'campaign ' || c.num || ' item ' || i.id from xinheng.campaign c join xinheng.item i on i.person
      and xinheng.campaign_rule(c.pack, c.problem, (c.at at time zone 'Asia/Shanghai')::date) -> 'items' ? i.id`,
  campaignLooks: `
    select 'campaign ' || d.campaign || ' subject ' || d.subject as at from xinheng.campaign_drawn d
    join xinheng.campaign_act a on a.campaign = d.campaign and a.step = d.act
    where not exists (select from xinheng.access t where t.subject = d.subject and t.at = a.at and t.actor = a.actor
      and t.outcome = 0 and t.matter = 'campaign ' || d.campaign)`,
  incidents: `
    select 'incident ' || i.num as at from xinheng.incident i left join xinheng.account a on a.num = i.opened_by
    where not coalesce('auditor' = any (a.roles), false)`,
} as const
