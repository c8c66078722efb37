import { isRefusal } from '#domain/refusal.ts'
import { dateOfDays, parseDateText } from '#domain/values.ts'
import type { Queryable } from '#store/db.ts'
import { listAccounts } from '../accounts.ts'
import { submit } from '../intake/submit.ts'
import { stepText, writeText } from '../public/content.ts'
import { actOnTip, listTips, sendTip } from '../public/tips.ts'
import { today, type System } from '../system.ts'
import { openChance } from './chance.ts'
import type { DemoItem } from './layouts.ts'
import { DEMO_PEOPLE, DEMO_SEED, demoOrganisations } from './people.ts'
import { MAKERS } from './records.ts'
import { DEMO_TEXTS, DEMO_TIPS, type DemoText } from './site-texts.ts'
import type { DemoUnit } from './units.ts'

const EDITOR = { unit: 'demo-development' }

/** Decisions of the last days, sent in time: what the front page calls new. Twelve months of others for the charts. */
const NEWS: readonly { item: DemoItem; unit: DemoUnit; recent: number; earlier: number }[] = [
  { item: 'permit-organisation', unit: 'demo-approval', recent: 14, earlier: 84 },
  { item: 'penalty-organisation', unit: 'demo-market', recent: 9, earlier: 36 },
  { item: 'inspection-organisation', unit: 'demo-market', recent: 5, earlier: 12 },
  { item: 'coercion-organisation', unit: 'demo-market', recent: 1, earlier: 3 },
  { item: 'reward-organisation', unit: 'demo-market', recent: 1, earlier: 3 },
  { item: 'adjudication-organisation', unit: 'demo-market', recent: 1, earlier: 2 },
  { item: 'confirmation-organisation', unit: 'demo-hr', recent: 2, earlier: 6 },
  { item: 'payment-organisation', unit: 'demo-hr', recent: 2, earlier: 6 },
  { item: 'levy-organisation', unit: 'demo-housing', recent: 2, earlier: 6 },
  { item: 'commitment-organisation', unit: 'demo-approval', recent: 6, earlier: 18 },
]
const RECENT_DAYS = 6
const YEAR = 365

/** One department's decisions about organisations as it sends them, one JSON line each. */
function makeNews({ item, unit, recent, earlier }: (typeof NEWS)[number], now: number): string {
  const chance = openChance(DEMO_SEED, `news ${item}`)
  const firms = demoOrganisations(DEMO_SEED)
  const days = [
    ...Array.from({ length: earlier }, (_, index) => now - YEAR + 20 + Math.trunc((index * (YEAR - 60)) / earlier)),
    ...Array.from({ length: recent }, (_, index) => now - RECENT_DAYS + Math.trunc((index * RECENT_DAYS) / recent)),
  ]
  return days
    .map((day, index) => {
      const firm = firms[(index * 7) % firms.length] ?? chance.pick(firms)
      const making = { person: DEMO_PEOPLE.wang, firm, unit, serial: 50_000 + index, day, today: now, chance }
      return `${JSON.stringify(MAKERS[item](making))}\n`
    })
    .join('')
}

/** The next time a day of the year comes. */
function nextDay(monthDay: string, date: string): string {
  const here = `${date.slice(0, 4)}-${monthDay}`
  return here >= date ? here : `${Number(date.slice(0, 4)) + 1}-${monthDay}`
}

async function publishText(system: System, text: DemoText, by: { clerk: number; reviewer: number }): Promise<void> {
  const date = today(system)
  const { kind, title, body, day } = text
  const written = await writeText(
    system,
    { ...EDITOR, actor: by.clerk },
    {
      kind,
      title,
      body,
      day: day === undefined ? undefined : nextDay(day, date),
      until: text.exemplar ? Temporal.PlainDate.from(date).add({ years: 1 }).toString() : undefined,
    },
  )
  if (isRefusal(written)) throw new Error(`demo text: ${written.code}`)
  const step = { num: written.num, version: written.version }
  const taken = [
    await stepText(system, { ...EDITOR, actor: by.clerk }, { ...step, kind: 'submit' }),
    await stepText(system, { ...EDITOR, actor: by.reviewer }, { ...step, kind: 'publish', checked: 'anonymous' }),
  ]
  const refused = taken.find(isRefusal)
  if (refused) throw new Error(`demo text: ${refused.code}`)
}

/**
 * Fills the public site of the demo city by the ordinary ways: new decisions through intake, texts written by one and
 * published by another, tips from nobody in particular of which some are answered, and a draft that waits for review.
 */
export async function fillSite(system: System, owner: Queryable): Promise<void> {
  const accounts = new Map((await listAccounts(system, owner)).map(({ name, num }) => [name, num]))
  const account = (name: string): number => accounts.get(name) ?? 0
  const date = parseDateText(today(system))
  if (typeof date !== 'number') throw new Error('today is no date')
  for (const news of NEWS) {
    const lines = Buffer.from(makeNews(news, date))
    const sent = await submit(system, {
      item: news.item,
      unit: news.unit,
      actor: account(`${news.unit.replace('demo-', '')}-clerk`),
      key: `demo:news ${dateOfDays(date)}`,
      contentType: 'application/x-ndjson',
      source: (async function* () {
        yield lines
      })(),
    })
    if (isRefusal(sent)) throw new Error(`demo news: ${sent.code}`)
  }
  const by = { clerk: account('development-clerk'), reviewer: account('development-reviewer') }
  for (const text of DEMO_TEXTS) await publishText(system, text, by)
  const draft = await writeText(
    system,
    { ...EDITOR, actor: by.clerk },
    {
      kind: 'knowledge',
      title: { zh: '怎样看懂一条公示信息', en: 'How to read a published decision' },
      body: {
        zh: '先看决定机关和文号，再看依据和期限。',
        en: 'First the organ and the number, then the basis and the term.',
      },
    },
  )
  if (!isRefusal(draft))
    await stepText(system, { ...EDITOR, actor: by.clerk }, { num: draft.num, version: draft.version, kind: 'submit' })
  await fillTips(system, by.clerk, account('approval-clerk'))
}

async function fillTips(system: System, lead: number, approval: number): Promise<void> {
  for (const tip of DEMO_TIPS) {
    const unit = 'unit' in tip ? tip.unit : undefined
    await sendTip(system, { kind: tip.kind, unit, text: tip.text })
    if (!('answer' in tip)) continue
    const actor = unit === undefined ? lead : approval
    const last = (await listTips(system, actor)).findLast(({ answered }) => !answered)
    if (last) await actOnTip(system, { actor, num: last.num, kind: 'answer', step: 2, text: tip.answer })
  }
}
