import { RECORD_STATES } from '#contract/states.ts'
import type { Reply } from '../api.ts'
import { joinLegends } from '../archive.ts'
import { formatDay, formatInstant } from '../format.ts'
import type { useWords } from '../i18n.ts'
import { matterOf } from './my-looks.tsx'

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Text of a document: whatever it says stays text. */
const plain = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPED[letter] ?? '')

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#17272d}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.5rem;border-bottom:1px solid #dedace}h3{font-size:1rem;margin:1.5rem 0 .25rem}
p{margin:.25rem 0}.soft{color:#58676d}table{border-collapse:collapse;width:100%}td,th{text-align:start;vertical-align:top;padding:.2rem .75rem .2rem 0;font-weight:400}
th{color:#58676d;white-space:nowrap}@media print{h3{break-after:avoid}}`

type Row = readonly [name: string, value: string]
const rowsOf = (rows: readonly Row[]): string =>
  `<table>${rows.map(([name, value]) => `<tr><th scope="row">${plain(name)}</th><td>${plain(value)}</td></tr>`).join('')}</table>`

/** Everything about the person as one page to read and print, in the language they read; nothing is loaded from anywhere. */
export function readableOf(data: Reply<'myData'>, { t, pick, language }: ReturnType<typeof useWords>): string {
  const { archive, looks, consents, cases, notices, reports } = data
  const section = (title: string, parts: string[]) =>
    `<h2>${plain(title)}（${parts.length}）</h2>${parts.join('') || `<p class="soft">${plain(t('shared.none'))}</p>`}`
  const part = (title: string, line: string, rows: readonly Row[]) =>
    `<h3>${plain(title)}</h3><p class="soft">${plain(line)}</p>${rowsOf(rows)}`
  const records = joinLegends(archive).map((record) =>
    part(pick(record.legend.name), `${pick(record.unitName)} · ${formatDay(record.decided, language)}`, [
      [t('data.state'), pick(RECORD_STATES[record.state])],
      ...(record.document ? [[t('record.document'), record.document] as const] : []),
      ...(record.until ? [[t('data.until'), formatDay(record.until, language)] as const] : []),
      ...record.facts.map(
        ({ field, value }) => [pick(field.name), field.codes?.[value] ? pick(field.codes[value]) : value] as const,
      ),
      [t('record.basis'), record.legend.basis.map(({ document, article = '' }) => `${document} ${article}`).join('；')],
    ]),
  )
  const body = [
    `<h1>${plain(t('data.title'))}</h1>`,
    `<p class="soft">${plain(`${archive.subject.name} ${archive.subject.number} · ${formatInstant(archive.at, language)}`)}</p>`,
    section(t('me.archive'), records),
    section(
      t('me.looks'),
      looks.map((look) =>
        part(pick(look.unit.name), formatInstant(look.at, language), [
          [t('me.ground'), t(`ground.${look.ground}`)],
          [t('data.purpose'), pick(look.purpose.name)],
          ...(look.matter ? [[t('me.matter'), matterOf(look, pick)] as const] : []),
          [t('me.actor'), pick(look.actor)],
          [t('data.saw'), look.items.map((item) => pick(item.name)).join(t('shared.list')) || t('shared.none')],
        ]),
      ),
    ),
    section(
      t('me.consents'),
      consents.map((consent) =>
        part(pick(consent.unit.name), formatInstant(consent.givenAt, language), [
          [t('data.purpose'), pick(consent.purpose.name)],
          [t('data.until'), formatInstant(consent.expiresAt, language)],
        ]),
      ),
    ),
    section(
      t('me.cases'),
      cases.map((one) =>
        part(pick(one.name), `${pick(one.owner.name)} · ${formatDay(one.opened, language)}`, [
          [t('data.state'), pick(one.state.name)],
          ...one.steps.map((step) => [formatInstant(step.at, language), pick(step.name)] as const),
        ]),
      ),
    ),
    section(
      t('me.notices'),
      notices.map((notice) => part(pick(notice.title), formatInstant(notice.at, language), [['', pick(notice.text)]])),
    ),
    section(
      t('me.reports'),
      reports.map((report) => part(report.code, formatInstant(report.at, language), [])),
    ),
  ]
  return `<!doctype html><html lang="${language === 'en' ? 'en' : 'zh-CN'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${plain(t('data.title'))}</title><style>${STYLE}</style></head><body>${body.join('\n')}</body></html>\n`
}
