import { inForce, displayClassesOf } from './catalog.ts'
import { parseOrganisationCode } from './identity/organisation.ts'
import type { Path, Report } from './pack-problem.ts'
import { findForbidden, FORBIDDEN_WORDS } from './pack-forbidden.ts'
import type { Item, PackLayer } from './pack.ts'
import type { Basis } from './pack-shape.ts'
import { isNotLonger } from './period.ts'
import { isRefusal } from './refusal.ts'

type Rank = Basis['rank']

/**
 * Which ranks carry which rule. Adverse information: law, regulation or central policy document, under catalogue
 * management (国办发〔2020〕49号). Others may in addition rest on a department's rule. Local policy carries neither.
 */
const ADVERSE: readonly Rank[] = [
  'law',
  'administrative-regulation',
  'local-regulation',
  'judicial-interpretation',
  'central-policy',
  'catalogue',
]
const BINDING: readonly Rank[] = [...ADVERSE, 'department-rule']
/** What may keep a look-up from the person: 法律、行政法规 alone (个人信息保护法 18, 35). */
const STATUTE: readonly Rank[] = ['law', 'administrative-regulation']
const LONGEST_ADVERSE = 'P5Y'

/** What law asks of every layer: bases of sufficient rank, nothing sealed or forbidden, terms that end. */
export function checkLaw(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  checkBases(layer, report)
  checkForbidden(layer, upper, report)
  checkTerms(layer, upper, report)
  layer.purposes?.forEach((purpose, index) => {
    if (purpose.ground === 'consent' && purpose.longestConsent === undefined) {
      report('lifetime-consent', ['purposes', index], purpose.id)
    }
    if (purpose.withhold && purpose.ground !== 'statutory') {
      report('withhold-consent', ['purposes', index, 'withhold'], purpose.id)
    }
  })
  const allowFictional = [...upper, layer].flatMap((one) => one.pack.fictionalDivisions ?? [])
  layer.units?.forEach((unit, index) => {
    if (unit.code === undefined) return
    const code = parseOrganisationCode(unit.code, { today: unit.from, allowFictional })
    if (isRefusal(code) || code.number !== unit.code) report('unit-code', ['units', index, 'code'], unit.id)
  })
}

const isMemorandum = (basis: Basis): boolean => /备忘录|memorandum/i.test(basis.document)

function checkBases(layer: PackLayer, report: Report): void {
  const judge = (basis: readonly Basis[], path: Path, id: string, ranks?: readonly Rank[]) => {
    const standing = basis.filter((one) => !isMemorandum(one))
    if (standing.length === 0) report('basis-memorandum', path, id)
    else if (ranks && !standing.some((one) => ranks.includes(one.rank))) report('basis-rank', path, id)
  }
  const lists = ['classes', 'keyFields', 'keyGroups', 'codes', 'forbidden'] as const
  for (const key of lists) {
    layer[key]?.forEach((rule, index) => judge(rule.basis, [key, index, 'basis'], rule.id))
  }
  layer.narrow?.forEach((rule, index) => judge(rule.basis, ['narrow', index, 'basis'], rule.item))
  layer.display?.forEach((rule, index) => judge(rule.basis, ['display', index, 'basis'], rule.id, BINDING))
  layer.purposes?.forEach((rule, index) =>
    judge(rule.basis, ['purposes', index, 'basis'], rule.id, rule.ground === 'statutory' ? BINDING : undefined),
  )
  layer.purposes?.forEach(({ id, withhold }, index) => {
    if (withhold) judge(withhold.basis, ['purposes', index, 'withhold', 'basis'], id, STATUTE)
  })
  layer.items?.forEach((item, index) => {
    judge(item.basis, ['items', index, 'basis'], item.id, item.nature === 'adverse' ? ADVERSE : BINDING)
    judge([item.report.basis], ['items', index, 'report', 'basis'], item.id)
    // to publish is a use of its own, and to tell a person is a right: neither rests on a plan or memorandum
    if (item.publish) judge(item.publish.basis, ['items', index, 'publish', 'basis'], item.id, BINDING)
    if (item.notify) judge(item.notify.basis, ['items', index, 'notify', 'basis'], item.id, BINDING)
  })
}

function checkForbidden(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const words = [
    ...new Set([
      ...FORBIDDEN_WORDS,
      ...[...upper, layer].flatMap((one) => (one.forbidden ?? []).flatMap((rule) => rule.words)),
    ]),
  ]
  const look = (texts: readonly string[], path: Path) => {
    const word = texts.map((text) => findForbidden(text, words)).find((found) => found !== undefined)
    if (word !== undefined) report('forbidden-word', path, word)
  }
  layer.items?.forEach((item, index) => {
    look([item.id, item.name.zh, item.name.en], ['items', index])
    item.fields.forEach((field, n) =>
      look([field.id, field.name.zh, field.name.en, ...(field.aliases ?? [])], ['items', index, 'fields', n]),
    )
  })
  layer.lists?.forEach((list, index) => {
    look([list.id, list.name.zh, list.name.en], ['lists', index])
    list.criteria.forEach(({ id, text }, n) => look([id, text.zh, text.en], ['lists', index, 'criteria', n]))
  })
  layer.targets?.forEach(({ id, name }, index) => look([id, name.zh, name.en], ['targets', index]))
  layer.codes?.forEach((list, index) => {
    look([list.id, list.name.zh, list.name.en], ['codes', index])
    list.values.forEach((value, n) =>
      look([value.name.zh, value.name.en, ...(value.alias ?? [])], ['codes', index, 'values', n]),
    )
  })
}

function checkTerms(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const display = [...upper, layer].flatMap((one) => one.display ?? [])
  layer.display?.forEach((one, index) => {
    if (one.least !== undefined && !isNotLonger(one.least, one.most))
      report('display-least', ['display', index, 'least'], one.id)
    if (one.for.includes('adverse') && !isNotLonger(one.most, LONGEST_ADVERSE)) {
      report('display-too-long', ['display', index, 'most'], one.most)
    }
  })
  layer.items?.forEach((item, index) => {
    for (const id of displayClassesOf(item)) {
      const versions = display.filter((one) => one.id === id)
      const when = item.display.when?.findIndex((rule) => rule.class === id) ?? -1
      const path: Path =
        item.display.class === id
          ? ['items', index, 'display', 'class']
          : ['items', index, 'display', 'when', when, 'class']
      if (versions.some((one) => !one.for.includes(item.nature))) report('display-nature', path, id)
      if (versions.length > 0 && hasGap(item, versions)) report('display-gap', path, id)
    }
  })
}

/** A class must stand from the item's first day on, without gap or end: a record without a term would have no end. */
function hasGap(item: Item, versions: readonly { from: string; until?: string }[]): boolean {
  let day: string | undefined = item.from
  while (day !== undefined) {
    const at: string = day
    const standing = versions.find((one) => inForce(one, at))
    if (!standing) return true
    day = standing.until
  }
  return false
}
