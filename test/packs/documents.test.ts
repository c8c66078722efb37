import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { isPackLayer } from '#domain/pack-check.ts'
import type { Task } from '#domain/pack-plan.ts'
import type { PackLayer, Unit } from '#domain/pack.ts'
import { readPackFiles } from '#operations/pack-files.ts'
import { loadPack } from '#operations/pack-load.ts'

// The five documents against their packs. `documents/*.txt` hold what the texts say (numbered paragraphs, Chinese, responsible
// units), taken from the texts themselves; the lists below are typed from them. Neither comes from a pack.

const OF = { TJ17: 'tianjin', BD: 'tianjin-baodi', HN: 'hunan', QD: 'qingdao', TJ19: 'tianjin' } as const
const DOCUMENTS = Object.keys(OF).filter((id): id is keyof typeof OF => id in OF)
type Paragraph = { at: string; responsible: string; chinese: string[] }

async function paragraphsOf(id: string): Promise<Paragraph[]> {
  const text = await readFile(join(import.meta.dirname, 'documents', `${id}.txt`), 'utf8')
  const found: Paragraph[] = []
  for (const line of text.split('\n').slice(1)) {
    if (line.startsWith('@ ')) found.push({ at: line.slice(2), responsible: '', chinese: [] })
    else if (line.startsWith('> ')) found.at(-1)!.responsible = line.slice(2)
    else if (line !== '') found.at(-1)!.chinese.push(line)
  }
  return found
}

async function layerOf(pack: string): Promise<PackLayer> {
  const { layer } = await readPackFiles(pack, join(import.meta.dirname, '../../policy', pack))
  assert.ok(isPackLayer(layer))
  return layer
}

/** One way of writing punctuation: the texts mix full and half width. */
const plain = (text: string): string =>
  text
    .replace(/\s/g, '')
    .replace(/[“”]/g, '"')
    .replace(
      /[,;:()．]/g,
      (mark) => ({ ',': '，', ';': '；', ':': '：', '(': '（', ')': '）', '．': '.' })[mark] ?? mark,
    )

/** What of a task's text is the document's own: all outside 〔 〕, where a number such as 〔2016〕98号 stands inside. */
function ownParts(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const char of plain(text)) {
    if (char === '〔') {
      if (depth === 0) parts.push('')
      depth += 1
    } else if (char === '〕') depth -= 1
    else if (depth === 0) parts[parts.length - 1] += char
  }
  return parts.filter((part) => part !== '')
}

const EVERY = /^(?:各(?:相关|有关|行业监管)?部门|各有关单位|各认定机关|.*领导小组各?成员单位)$/

/** The names of a line of responsible units, those who lead and those who take part, and its deadline. */
function readResponsible(line: string): { lead: string[]; joint: string[]; due?: string; continuing: boolean } {
  const inner = plain(line)
    .replace(/^（(?:责任(?:单位|部门)：)?/, '')
    .replace(/）$/, '')
    .replace(/。$/, '')
  const year = /(\d{4})年12月底前完成/.exec(inner)?.[1]
  const names = inner
    .replace(/[；，](?:完成时限：)?(?:持续推进|持续实施|\d{4}年12月底前完成)$/, '')
    .replaceAll('和各区', '、各区')
    .replace(/按职责(?:职能)?分工(?:分别)?负责|负责$/g, '')
  const [lead = '', joint = ''] = names.includes('牵头')
    ? names.replace(/参加$/, '').split(/牵头，?/)
    : names.split(/会同|同/)
  const split = (part: string) =>
    part
      .split(/[、，]/)
      .map((name) => name.replace(/等(?:各)?(?:有关|相关)?(?:部门|单位)?$/, ''))
      .filter((name) => name !== '')
  return {
    lead: split(lead),
    joint: split(joint),
    ...(year ? { due: `${year}-12-31` } : {}),
    continuing: /持续/.test(inner),
  }
}

function makeNaming(units: readonly Unit[]): (name: string) => string {
  const byName = new Map(units.flatMap(({ id, alias = [] }) => alias.map((name) => [name, id] as const)))
  // a name of its own goes before what a successor was once called
  for (const { id, name } of units) byName.set(name.zh, id)
  return (name) => {
    if (name === '各区人民政府') return 'kind:district'
    if (EVERY.test(name)) return '*'
    return byName.get(name) ?? `no unit ${name}`
  }
}

for (const id of DOCUMENTS) {
  test(`${id}: every numbered paragraph, its Chinese word for word, its units in their order, its deadlines`, async () => {
    const layer = await layerOf(OF[id])
    const paragraphs = await paragraphsOf(id)
    const document = layer.documents?.find((one) => one.id === id)
    assert.ok(document)
    assert.deepEqual(
      document.paragraphs.map(({ at }) => at),
      paragraphs.map(({ at }) => at),
    )
    const naming = makeNaming(layer.units ?? [])
    for (const { at, responsible, chinese } of paragraphs) {
      if (document.paragraphs.find((one) => one.at === at)?.kind !== 'task') continue
      const tasks: Task[] = (layer.tasks ?? []).filter((task) => task.document === id && task.number === at)
      assert.equal(tasks.length, 1, `${id} ${at}`)
      const [task] = tasks
      assert.ok(task)
      assert.deepEqual(ownParts(task.text.zh), chinese.map(plain), `${id} ${at}`)
      const due = task.due?.map(({ date }) => date) ?? []
      if (responsible === '') {
        assert.equal(task.continuing, undefined, `${id} ${at}`)
        if (id === 'QD' || id === 'BD') assert.deepEqual(due, [], `${id} ${at}`)
        continue
      }
      const said = readResponsible(responsible)
      assert.deepEqual(task.lead, said.lead.map(naming), `${id} ${at}`)
      assert.deepEqual([...(task.joint ?? [])].toSorted(), said.joint.map(naming).toSorted(), `${id} ${at}`)
      assert.equal(task.continuing ?? false, said.continuing, `${id} ${at}`)
      const inText = chinese.flatMap((part) => [...part.matchAll(/(20\d\d)年底/g)].map(([, year]) => `${year}-12-31`))
      const expected = id === 'TJ19' ? inText : said.due === undefined ? [] : [said.due]
      assert.deepEqual(due.toSorted(), [...new Set(expected)].toSorted(), `${id} ${at}`)
    }
  })
}

const names = (rules: readonly { name: { zh: string } }[] | undefined) => (rules ?? []).map(({ name }) => name.zh)
const words = (text: string) => text.split('、')

const GROUPS = words(
  '公务员、企业法定代表人及相关责任人、律师、教师、医师、执业药师、评估师、税务师、注册消防工程师、注册建筑师、会计审计人员、房地产中介从业人员、认证人员、金融从业人员、导游、专利代理人',
)
const FIELDS = words(
  '食品药品、安全生产、消防安全、交通安全、环境保护、生物安全、产品质量、税收缴纳、医疗卫生、劳动保障、工程建设、金融服务、知识产权、司法诉讼、电子商务、志愿服务',
)
const TARGETS = words('恶意逃废债务、非法集资、电信诈骗、网络欺诈、交通违法、不依法诚信纳税')
const DAYS = words(
  '春节、国际消费者权益日、劳动节、儿童节、网络诚信宣传日、全国信用记录关爱日、诚信兴商宣传月、国庆节、国家宪法日',
)
const HUNAN_GROUPS = words(
  '公务员、企事业单位法定代表人及相关责任人、律师、教师、医师、执业药师、评估师、税务师、注册消防工程师、建筑师、造价监理人员、招投标人员、施工技术人员、会计审计人员、房地产中介从业人员、认证人员、金融从业人员、导游',
)
const INDUSTRIES = words(
  '安全生产、人社、商贸流通、食品药品、产品质量、知识产权、工程建设、生态环保、医疗卫生、科技、交通运输、中介服务、统计、金融、税务、体育、文化旅游、家政养老、住房保障',
)
const CONFERENCE = words(
  '区委宣传部、区委网信办、区商务委、区发改委、区卫计委、区建委、团区委、区文明办、区金融服务中心、区市场监管局、区安监局、区环保局、区地税局、区财政局、区知识产权局、区司法局、区民政局、区公务员局、区教育局、区旅游局、区房管局、区交通局、区行政审批局、国土分局、公安分局、区法院、区检察院',
)
const FUNDS = words('个人公共信用信息数据库建设、信息应用、宣传教育')
const [tianjin, baodi, hunan, qingdao, national] = await Promise.all(
  ['tianjin', 'tianjin-baodi', 'hunan', 'qingdao', 'national'].map((id) => loadPack(id)),
)
assert.ok(tianjin && baodi && hunan && qingdao && national)

test('key groups and fields are those the documents name, no more and no fewer', () => {
  for (const pack of [tianjin, baodi]) assert.deepEqual(names(pack.keyGroups), GROUPS)
  const thirteen = GROUPS.filter((name) => !['公务员', '注册建筑师', '专利代理人'].includes(name))
  const of2019 = tianjin.keyGroups.filter(({ basis }) =>
    basis.some(({ document, article }) => document === '天津市加快推进诚信建设行动方案' && article === '26'),
  )
  assert.deepEqual([thirteen.length, names(of2019)], [13, thirteen])
  assert.deepEqual([HUNAN_GROUPS.length, names(hunan.keyGroups)], [18, HUNAN_GROUPS])
  assert.deepEqual(names(qingdao.keyGroups), ['公务员', ...thirteen])
  assert.equal(FIELDS.length, 16)
  for (const pack of [tianjin, baodi, qingdao]) assert.deepEqual(names(pack.keyFields), FIELDS)
  assert.deepEqual(names(hunan.keyFields), [...FIELDS, '统计数据质量', '科研教育'])
})

test('every key group has an item that tells it apart, so that its coverage can be counted', () => {
  for (const pack of [tianjin, baodi, hunan, qingdao])
    for (const { id, name } of pack.keyGroups) {
      const items = pack.items.filter(({ groups }) => groups?.includes(id))
      assert.ok(items.length > 0, `${pack.id} ${name.zh}`)
      const told = items.some((item) =>
        item.fields.some(({ codes }) =>
          pack.codes
            .find((list) => list.id === codes)
            ?.values.some((value) => value.name.zh === name.zh || value.alias?.includes(name.zh)),
        ),
      )
      assert.ok(told, `${pack.id} ${name.zh}`)
    }
})

test('serious areas and key targets', () => {
  const areas = words(
    '严重危害人民群众身体健康和生命安全、严重破坏市场公平竞争秩序和社会正常秩序、拒不履行法定义务严重影响司法机关和行政机关公信力、拒不履行国防义务',
  )
  for (const pack of [national, hunan]) assert.deepEqual(names(pack.areas), areas)
  for (const pack of [tianjin, baodi, qingdao]) assert.deepEqual(names(pack.targets), TARGETS)
  assert.deepEqual(
    names(hunan.targets).toSorted(),
    [...TARGETS, ...words('骗取财政资金、行贿受贿、金融欺诈、骗取就业创业优惠政策和社会保险基金')].toSorted(),
  )
})

test('campaign days, industries with their four regimes, problem areas, benefits', () => {
  const tianjinDays = [...DAYS, '知识产权宣传周', '信用消费进万家', '诚信建设万里行']
  assert.deepEqual(names(tianjin.campaigns), tianjinDays)
  assert.deepEqual(names(hunan.campaigns), [...DAYS, '全国法制宣传日'])
  assert.deepEqual(names(qingdao.campaigns), ['信用节'])
  assert.deepEqual([INDUSTRIES.length, names(tianjin.industries)], [19, INDUSTRIES])
  for (const { regimes, units } of tianjin.industries) assert.deepEqual([regimes.length, units.length > 0], [4, true])
  assert.equal(tianjin.problems.length, 7)
  for (const about of ['涉金融', '电子商务', '电信网络诈骗', '拒执', '扶贫脱贫', '欠薪', '欠债'])
    assert.equal(names(tianjin.problems).filter((name) => name.includes(about)).length, 1, about)
  assert.equal(hunan.problems.length, 1)
  assert.deepEqual(
    names(tianjin.benefits).toSorted(),
    words('信易贷、信易游、信易行、信易租、信易医、信易阅、信易批').toSorted(),
  )
})

test('the conference of Baodi has its 27 members; heads of funding; fields of incentives', () => {
  const conference = baodi.bodies.find(({ id }) => id === 'bd-conference')
  const unit = new Map(baodi.units.map(({ id, name }) => [id, name.zh]))
  assert.deepEqual([CONFERENCE.length, conference?.members.map((id) => unit.get(id))], [27, CONFERENCE])
  assert.deepEqual(
    [conference?.lead, conference?.office].map((ids) => ids?.map((id) => unit.get(id))),
    [['区发改委'], ['区发改委']],
  )
  const funds = (pack: typeof tianjin, document: string) =>
    names(pack.funds.filter(({ basis }) => basis.some((one) => one.document.startsWith(document))))
  assert.deepEqual(funds(tianjin, '天津市加强个人诚信'), [...FUNDS, '人才培养'])
  assert.deepEqual(funds(baodi, '宝坻区'), [...FUNDS, '人才培训'])
  assert.deepEqual(funds(hunan, '湖南省'), [...FUNDS, '人才培训'])
  assert.deepEqual(
    funds(tianjin, '天津市加快推进'),
    words('联合奖惩、信用大数据创新应用、“信易+”应用、信用评价、信用产业发展、信用人才培养、诚信宣传教育'),
  )
  assert.deepEqual(qingdao.funds, [])
  const fields = (pack: typeof tianjin, id: string) => pack.incentives.find((one) => one.id === id)?.fields
  assert.deepEqual(
    fields(tianjin, 'tj-convenience'),
    words('教育服务和管理、就业创业服务、社会保障服务、融资租赁服务、文化生活服务、评优树先'),
  )
  assert.deepEqual(fields(hunan, 'hn-convenience'), words('教育、就业、创业、社会保障'))
  assert.deepEqual(fields(qingdao, 'qd-convenience'), words('教育、就业、创业'))
})

test('what is to be reached, and by when', () => {
  const goals = (pack: typeof tianjin) => pack.indicators.map(({ target, due }) => `${target.zh} ${due ?? ''}`.trim())
  for (const goal of [
    '低于0.01% 2019-12-31',
    '3亿条 2020-12-31',
    '5亿条 2021-12-31',
    '10万件 2021-12-31',
    '前5名 2021-12-31',
    '16类重点人群全覆盖',
    '7个工作日内',
  ])
    assert.ok(goals(tianjin).includes(goal), goal)
  assert.deepEqual(
    qingdao.indicators.map(({ due }) => due),
    ['2018-12-31', '2018-12-31', '2020-12-31'],
  )
})
