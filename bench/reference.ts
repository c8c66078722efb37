import { closeSync, openSync, writeSync } from 'node:fs'

/** What was written. `header` is the official layout of penalties of natural persons, without remarks: 20 columns. */
export type ReferenceFile = {
  path: string
  rows: number
  subjects: number
  bytes: number
  seed: number
  header: readonly string[]
}

export const REFERENCE_HEADER = [
  'CF_XDR_MC',
  'CF_XDR_LB',
  'CF_XDR_ZJLX',
  'CF_XDR_ZJHM',
  'CF_WSH',
  'CF_WFXW',
  'CF_SY',
  'CF_YJ',
  'CF_CFLB',
  'CF_NR',
  'CF_NR_FK',
  'CF_NR_WFFF',
  'CF_NR_ZKDX',
  'CF_JDRQ',
  'CF_YXQ',
  'CF_GSJZQ',
  'CF_CFJG',
  'CF_CFJGDM',
  'CF_SJLY',
  'CF_SJLYDM',
] as const

/** The file is in order of decision; the rows of one subject lie scattered within this many. */
const WINDOW = 100_000
const FIRST_DAY = '2021-03-01'
const LAST_DAY = '2026-02-28'
const DIVISIONS = ['990101', '990102', '990103', '990104']

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜',
]
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文斌宇浩欣怡子轩梓涵思雨佳宁晨曦志国庆安康嘉瑞若彤逸凡',
]

const AREAS = ['衡州市', '衡州市东衡区', '衡州市西衡区', '衡州市南衡区', '衡州市北衡区']
const BUREAUS = [
  '市场监督管理局',
  '交通运输局',
  '住房和城乡建设局',
  '卫生健康委员会',
  '应急管理局',
  '生态环境局',
  '水务局',
  '规划和自然资源局',
  '商务局',
  '文化和旅游局',
  '教育局',
  '人力资源和社会保障局',
]
const TOPICS = [
  '食品经营',
  '价格行为',
  '广告宣传',
  '道路货运',
  '出租客运',
  '房屋租赁',
  '建筑施工',
  '医疗服务',
  '危险物品',
  '污水排放',
  '用工管理',
  '旅游经营',
]
const ACTS = [
  '未取得许可从事经营',
  '未按规定明示有关信息',
  '未按规定建立台账',
  '超出许可范围',
  '提供虚假材料',
  '未按规定报告',
  '使用不合格用品',
  '拒不配合检查',
  '未履行告知义务',
  '逾期未改正',
]
const LAWS = [
  '中华人民共和国价格法',
  '中华人民共和国广告法',
  '中华人民共和国食品安全法',
  '中华人民共和国消费者权益保护法',
  '中华人民共和国道路运输条例',
  '中华人民共和国建筑法',
  '中华人民共和国安全生产法',
  '中华人民共和国水法',
  '中华人民共和国旅游法',
  '中华人民共和国劳动合同法',
  '中华人民共和国环境保护法',
  '中华人民共和国土地管理法',
  '城镇燃气管理条例',
  '医疗机构管理条例',
  '房地产经纪管理办法',
]
const ARTICLES = [
  '第十二条第一款',
  '第二十三条',
  '第三十四条第二款',
  '第四十二条第一款',
  '第四十九条第一项',
  '第五十五条',
  '第六十三条第三项',
  '第七十一条',
  '第八十条第一款',
  '第九十二条',
]
const CATEGORIES: readonly (readonly [string, number])[] = [
  ['罚款', 1],
  ['警告', 1],
  ['没收违法所得', 1],
  ['通报批评', 1],
  ['暂扣许可证件', 1],
  ['吊销许可证件', 3],
]
const FINES = ['0.02', '0.05', '0.1', '0.2', '0.3', '0.5', '0.8', '1', '1.5', '2', '3', '5', '8', '10', '20']
const PLACES = ['衡兴路', '信义街', '长宁道', '平川路', '望衡里', '文昌街', '东湖路', '安康巷', '新港道', '南苑路']

/**
 * Writes a reference file for the measures of speed (design.md): official layout, UTF-8, about 470 bytes a row,
 * organs, bases, violations and categories drawn from lists of realistic length, facts, content and document
 * numbers unique, valid numbers of the fictional division, adults all. Decided over five years, or `from` … `until`.
 * The same arguments write the same bytes.
 */
export function writeReferenceFile(
  path: string,
  of: { rows: number; rowsPerSubject: number; seed?: number; from?: string; until?: string },
): ReferenceFile {
  const { rows, rowsPerSubject, seed = 1, from = FIRST_DAY, until: last = LAST_DAY } = of
  const random = randomOf(seed)
  const people = populationOf(seed)
  const organs = AREAS.flatMap((area, a) =>
    BUREAUS.map((bureau, b) => ({
      name: area + bureau,
      code: unitCode(a * 20 + b),
      short: area.slice(0, 1) + area.slice(3, 4) + bureau.slice(0, 2),
    })),
  )
  const violations = TOPICS.flatMap((topic) => ACTS.map((act) => `${topic}${act}`))
  const bases = LAWS.flatMap((law) => ARTICLES.map((article) => `《${law}》${article}`))
  const days = daysBetween(from, last, 3)
  const decisions = days.length - 3 * 366
  const file = openSync(path, 'w')
  let text = `${REFERENCE_HEADER.join(',')}\n`
  let bytes = 0
  let subjects = 0
  const order = new Int32Array(WINDOW)
  const flush = (): void => {
    const buffer = Buffer.from(text)
    bytes += buffer.length
    for (let at = 0; at < buffer.length;) at += writeSync(file, buffer, at)
    text = ''
  }
  for (let start = 0; start < rows; start += WINDOW) {
    const size = Math.min(WINDOW, rows - start)
    for (let index = 0; index < size; index++) order[index] = subjects + Math.trunc(index / rowsPerSubject)
    subjects = (order[size - 1] ?? 0) + 1
    for (let index = size - 1; index > 0; index--) {
      const other = Math.trunc(random() * (index + 1))
      const held = order[index] ?? 0
      order[index] = order[other] ?? 0
      order[other] = held
    }
    for (let index = 0; index < size; index++) {
      const row = start + index
      const day = Math.trunc((row / rows) * decisions)
      const organ = pick(organs, random())
      const violation = pick(violations, random())
      const [category, years] = pick(CATEGORIES, random() ** 3)
      const fine = category === '罚款' ? pick(FINES, random() ** 2) : '0'
      const date = days[day] ?? ''
      const until = days[day + years * 365] ?? ''
      const place = pick(PLACES, random())
      const number = row + 1
      text +=
        `${people(order[index] ?? 0)},${organ.short}罚〔${date.slice(0, 4)}〕${number}号,${violation},` +
        `经查，当事人于${days[Math.max(day - 30, 0)]}在${place}${1 + (row % 397)}号${violation}（案${number}）,` +
        `${pick(bases, random())},${category},责令改正，给予${category}处罚（决定${number}）,` +
        `${fine},0,,${date},,${until},${organ.name},${organ.code},${organ.name},${organ.code}\n`
      if (text.length > 1 << 19) flush()
    }
  }
  flush()
  closeSync(file)
  return { path, rows, subjects, bytes, seed, header: REFERENCE_HEADER }
}

/** Numbers of the people of a reference file, at most so many, drawn evenly from its beginning to its end. */
export function listNumbers({ seed, subjects }: Pick<ReferenceFile, 'seed' | 'subjects'>, limit: number): string[] {
  const people = populationOf(seed)
  const count = Math.min(subjects, limit)
  return Array.from({ length: count }, (_, at) => people(Math.trunc((at * subjects) / count)).split(',')[3] ?? '')
}

function pick<Value>(list: readonly Value[], share: number): Value {
  const value = list[Math.trunc(share * list.length)]
  if (value === undefined) throw new Error('share beyond the list')
  return value
}

/** mulberry32: small, fast, the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function daysBetween(first: string, last: string, yearsMore: number): string[] {
  const days: string[] = []
  const end = Date.parse(last) + yearsMore * 366 * 86_400_000
  for (let at = Date.parse(first); at <= end; at += 86_400_000) days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The first four cells of the n-th person: every number below 60 million is another person, adult since 2021. */
function populationOf(seed: number): (index: number) => string {
  const births = daysBetween('1955-01-01', '2000-12-31', 0).map((day) => day.replaceAll('-', ''))
  const capacity = DIVISIONS.length * births.length * 999
  const shift = (seed * 31) % capacity
  return (index) => {
    const place = (index * 7_368_787 + shift) % capacity
    const sequence = (place % 999) + 1
    const rest = Math.trunc(place / 999)
    const body = `${DIVISIONS[rest % 4]}${births[Math.trunc(rest / 4)]}${sequence < 10 ? '00' : sequence < 100 ? '0' : ''}${sequence}`
    let sum = 0
    for (let at = 0; at < 17; at++) sum += (body.charCodeAt(at) - 48) * (WEIGHTS[at] ?? 0)
    const name =
      pick(SURNAMES, (place % 997) / 997) + pick(GIVEN, (place % 991) / 991) + pick(GIVEN, (place % 983) / 983)
    return `${name},自然人,身份证,${body}${'10X98765432'[sum % 11]}`
  }
}

const CODE = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const POWERS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** A valid credit code of a fictional department. */
function unitCode(serial: number): string {
  const body = String(99_500_000 + serial)
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * [3, 7, 9, 10, 5, 8, 4, 2][at]!, 0)
  const check = 11 - (sum % 11)
  const seventeen = `11990000${body}${check === 11 ? '0' : check === 10 ? 'X' : check}`
  const total = [...seventeen].reduce((all, char, at) => all + CODE.indexOf(char) * POWERS[at]!, 0)
  return seventeen + CODE[(31 - (total % 31)) % 31]
}
