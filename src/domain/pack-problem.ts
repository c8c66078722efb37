import { PROCESS_PROBLEMS } from './pack-problem-process.ts'
import type { Text } from './refusal.ts'

type Entry = { message: Text; remedy: Text }

/** Everything `pack check` refuses, once. `{}` is what it is about: an id, a column, a word; never personal data. */
export const PACK_PROBLEMS = {
  ...PROCESS_PROBLEMS,
  yaml: {
    message: { zh: '不是可读的 YAML（{}）', en: 'not readable as YAML ({})' },
    remedy: { zh: '按所示行修正缩进、引号或冒号', en: 'Correct indentation, quotes or colons on the line shown' },
  },
  'pack-unknown': {
    message: { zh: '没有政策包 {}', en: 'there is no pack {}' },
    remedy: { zh: '核对名称；政策包是 policy/ 下的一个文件夹', en: 'Check the name; a pack is a folder in policy/' },
  },
  'pack-missing': {
    message: { zh: '文件夹 {} 没有 pack 一节', en: 'folder {} has no `pack` section' },
    remedy: { zh: '在 pack.yaml 写明 id、name、version', en: 'Say id, name and version in pack.yaml' },
  },
  'pack-id': {
    message: { zh: 'id 与文件夹 {} 不一致', en: 'the id is not the name of folder {}' },
    remedy: { zh: '使 id 与文件夹同名', en: 'Give both the same name' },
  },
  'said-twice': {
    message: { zh: '{} 在两个文件中都有', en: '{} is said in two files' },
    remedy: { zh: '只保留一处', en: 'Keep one' },
  },
  'extends-unknown': {
    message: { zh: '上级包 {} 不存在', en: 'there is no upper pack {}' },
    remedy: { zh: '核对 extends', en: 'Check `extends`' },
  },
  'narrows-the-city': {
    message: {
      zh: '区的包收紧 {}，会对同一系统中市的单位和记录一并生效',
      en: 'the pack of a district narrows {}, which would hold for the units and records of the city on the same instance too',
    },
    remedy: {
      zh: '由市的包收紧；或者为区另设名称不同的事项、名单、措施；或者把区作为单独的系统运行（在区的包写明 operator）',
      en: 'Narrow it in the pack of the city; or give the district items, lists and measures of its own; or run the district as an instance of its own (name its operator in its pack)',
    },
  },
  'extends-cycle': {
    message: { zh: '{} 成为自己的上级', en: '{} becomes its own upper pack' },
    remedy: { zh: '去掉循环的 extends', en: 'Remove the `extends` that closes the circle' },
  },
  schema: {
    message: { zh: '不符合政策包结构：{}', en: 'not of the shape of a pack: {}' },
    remedy: { zh: '对照 policy/pack.schema.json 修正', en: 'Correct it by policy/pack.schema.json' },
  },
  'no-basis': {
    message: { zh: '没有依据', en: 'a rule without basis' },
    remedy: {
      zh: '写明 basis：文件名、条款、效力层级；没有依据的规则不能存在',
      en: 'Give `basis`: document, article, rank; a rule without one cannot be',
    },
  },
  'basis-memorandum': {
    message: { zh: '{} 仅以备忘录为依据', en: '{} rests on a memorandum alone' },
    remedy: {
      zh: '备忘录不是法律依据；补充法律、法规或目录，否则删除',
      en: 'A memorandum is not law; add a law, regulation or catalogue, or delete the rule',
    },
  },
  'basis-rank': {
    message: { zh: '{} 的依据层级不足', en: 'the basis of {} is not of sufficient rank' },
    remedy: {
      zh: '须有法律、行政法规、地方性法规、党中央国务院政策文件或国家目录（国办发〔2020〕49号）',
      en: 'It needs a law, a regulation, a central policy document or the national catalogue (国办发〔2020〕49号)',
    },
  },
  'forbidden-word': {
    message: { zh: '含有封存或禁止归集的内容：{}', en: 'holds sealed or forbidden data: {}' },
    remedy: {
      zh: '删除该事项、数据项或代码；任何包都不得归集',
      en: 'Delete the item, field or code; no pack may collect it',
    },
  },
  'date-impossible': {
    message: { zh: '没有这一天：{}', en: 'there is no such day: {}' },
    remedy: { zh: '改为真实日期', en: 'Write a real date' },
  },
  'from-after-until': {
    message: { zh: '{} 的起始日不早于终止日', en: '{} starts on or after its end' },
    remedy: {
      zh: '核对 from 与 until（until 为失效的第一天）',
      en: 'Check from and until (until is the first day no longer in force)',
    },
  },
  overlap: {
    message: { zh: '{} 的两个版本时间重叠', en: 'two versions of {} overlap' },
    remedy: {
      zh: '给前一版写 until，等于后一版的 from',
      en: 'Give the earlier one an `until` equal to the `from` of the later',
    },
  },
  'version-layout': {
    message: {
      zh: '{} 的新版本改动了旧版本的数据项次序或角色',
      en: 'a later version of {} changes the order or role of the earlier fields',
    },
    remedy: {
      zh: '新数据项只能加在末尾；删除的数据项保留为非必填',
      en: 'Append new fields; leave dropped ones, not required',
    },
  },
  redefined: {
    message: { zh: '{} 已由上级包规定', en: '{} is already defined by an upper pack' },
    remedy: { zh: '换一个 id，或用 narrow 收紧', en: 'Take another id, or tighten it with `narrow`' },
  },
  'duplicate-item': {
    message: { zh: '与上级事项 {} 重复', en: 'repeats the upper item {}' },
    remedy: {
      zh: '地方补充目录不得重复国家事项；用 narrow 收紧',
      en: 'A local supplement may not repeat a national item; tighten it with `narrow`',
    },
  },
  'class-added': {
    message: { zh: '下级包增加了目录类别 {}', en: 'a lower pack adds catalogue class {}' },
    remedy: { zh: '类别由国家目录规定', en: 'The classes are the national catalogue’s' },
  },
  dangling: {
    message: { zh: '引用不存在：{}', en: 'refers to what does not exist: {}' },
    remedy: { zh: '核对 id，或先定义它', en: 'Check the id, or define it first' },
  },
  'narrow-unknown': {
    message: { zh: '上级包没有事项 {}', en: 'no upper pack has item {}' },
    remedy: { zh: '只能收紧上级事项；本级事项直接修改', en: 'Only upper items are narrowed; change your own directly' },
  },
  'validity-widened': {
    message: { zh: '{} 超出上级的有效期间', en: '{} is in force outside the upper one’s time' },
    remedy: { zh: '把 from、until 放在上级期间之内', en: 'Keep from and until within the upper time' },
  },
  'sources-widened': {
    message: { zh: '来源 {} 不在上级来源之内', en: 'source {} is not among the upper sources' },
    remedy: { zh: '只能减少来源', en: 'Sources can only become fewer' },
  },
  'grant-widened': {
    message: { zh: '{} 超出上级允许的查看范围', en: '{} goes beyond what the upper pack lets be seen' },
    remedy: {
      zh: '目的、单位、敏感级别、数据项都只能减少',
      en: 'Purposes, units, level and fields can only become fewer',
    },
  },
  'display-widened': {
    message: { zh: '展示期限长于上级：{}', en: 'shown longer than the upper pack allows: {}' },
    remedy: { zh: '下级只能缩短展示期限', en: 'A lower pack can only shorten' },
  },
  'display-without-upper': {
    message: {
      zh: '展示类别 {} 没有写明在哪个上级类别之内',
      en: 'display class {} does not say within which upper class it stays',
    },
    remedy: { zh: '写 within: 上级类别', en: 'Say `within:` the upper class' },
  },
  'display-least': {
    message: { zh: '{} 的最短期限长于最长期限', en: 'the shortest time of {} is longer than its longest' },
    remedy: { zh: '核对 least 与 most', en: 'Check least and most' },
  },
  'display-least-changed': {
    message: { zh: '{} 改动了上级的最短公示期', en: '{} changes the upper shortest time' },
    remedy: { zh: '最短公示期由上级规定，删除 least', en: 'The shortest time is the upper pack’s; delete `least`' },
  },
  'display-too-long': {
    message: {
      zh: '失信信息的展示期限 {} 超过五年',
      en: 'adverse information would be shown for {}, more than five years',
    },
    remedy: {
      zh: '不良信息至多五年（征信业管理条例第十六条为准绳）',
      en: 'Five years at most (征信业管理条例 art. 16 as the measure)',
    },
  },
  'display-nature': {
    message: { zh: '展示类别 {} 不适用于此性质的事项', en: 'display class {} is not for items of this nature' },
    remedy: { zh: '换用适用的展示类别', en: 'Use a class that is' },
  },
  'display-gap': {
    message: { zh: '展示类别 {} 在事项生效后有空档', en: 'display class {} has a gap after the item comes into force' },
    remedy: {
      zh: '使各版本首尾相接，最后一版不写 until',
      en: 'Let its versions follow one another, the last without `until`',
    },
  },
  'report-widened': {
    message: { zh: '报送期限长于上级：{}', en: 'a longer reporting period than the upper one: {}' },
    remedy: { zh: '只能缩短', en: 'It can only become shorter' },
  },
  'refusal-widened': {
    message: { zh: '拒收阈值高于上级：{}', en: 'a higher refusal threshold than the upper one: {}' },
    remedy: { zh: '只能降低', en: 'It can only become lower' },
  },
  'repeats-not-open': {
    message: { zh: '{} 不是公开数据项，不能标 repeats', en: '{} is not open and cannot be marked `repeats`' },
    remedy: { zh: '去掉 repeats：去重存储的值不加密', en: 'Remove `repeats`: values stored once are not encrypted' },
  },
  'duplicate-field': {
    message: { zh: '列名 {} 出现两次', en: 'column name {} appears twice' },
    remedy: { zh: '事项内 id、中文名、别名都不得重复', en: 'Ids, Chinese names and aliases are unique within an item' },
  },
  'too-many-fields': {
    message: { zh: '{} 的数据项超过 53 个', en: '{} has more than 53 fields' },
    remedy: { zh: '拆分事项', en: 'Split the item' },
  },
  'no-subject-number': {
    message: { zh: '{} 没有主体号码', en: '{} has no subject number' },
    remedy: {
      zh: '加一个 role: subject-number、类型 identifier 的必填数据项',
      en: 'Add a required field of type identifier with role subject-number',
    },
  },
  'no-decision-date': {
    message: { zh: '{} 没有决定日期', en: '{} has no decision date' },
    remedy: { zh: '加一个 role: decision-date 的必填日期', en: 'Add a required date with role decision-date' },
  },
  'no-document': {
    message: { zh: '失信事项 {} 没有文书号', en: 'adverse item {} has no document number' },
    remedy: {
      zh: '认定失信须有具有法律效力的文书：加 role: document-number 的必填数据项',
      en: 'A finding needs a document with legal effect: add a required field with role document-number',
    },
  },
  'no-remedy': {
    message: { zh: '失信事项 {} 没有救济途径', en: 'adverse item {} states no remedy' },
    remedy: {
      zh: '写明 remedy：向谁、如何提出异议、修复、复议或诉讼',
      en: 'Say in `remedy` with whom and how to object, repair, appeal or sue',
    },
  },
  'role-twice': {
    message: { zh: '角色 {} 出现两次', en: 'role {} appears twice' },
    remedy: { zh: '一个角色只给一个数据项', en: 'Give a role to one field' },
  },
  'role-type': {
    message: { zh: '角色 {} 与数据项类型不符', en: 'role {} does not fit the type of its field' },
    remedy: {
      zh: '日期角色用 date，主体号码用 identifier，证件类型用 identifier-kind',
      en: 'Date roles take date, the subject number identifier, its kind identifier-kind',
    },
  },
  'code-without-list': {
    message: { zh: '代码型数据项 {} 没有代码表', en: 'coded field {} has no code list' },
    remedy: { zh: '写 codes', en: 'Say `codes`' },
  },
  'many-not-joinable': {
    message: {
      zh: '{} 标了 many，但不是代码，或代码表中有含顿号、逗号、分号、竖线的值',
      en: '{} is marked `many` but is not coded, or a value of its list holds a comma, semicolon or bar',
    },
    remedy: {
      zh: '去掉 many，或改写这些代码、名称、别名',
      en: 'Remove `many`, or write those codes, names and aliases without',
    },
  },
  'publish-person': {
    message: { zh: '{} 是自然人信息，不得向社会公示', en: '{} is about natural persons and cannot be published' },
    remedy: {
      zh: '删去 publish；自然人信息只供本人、授权和法定查询',
      en: 'Remove `publish`: a person is looked up with reason, never published',
    },
  },
  'person-data-open': {
    message: { zh: '自然人的 {} 必须是 personal 或 sensitive', en: '{} of a person must be personal or sensitive' },
    remedy: { zh: '提高 sensitivity', en: 'Raise its sensitivity' },
  },
  'grant-subject': {
    message: { zh: '目的 {} 不适用于此类主体', en: 'purpose {} is not for this kind of subject' },
    remedy: {
      zh: '从 see 中删除，或核对目的的 subjects',
      en: 'Take it out of `see`, or check the subjects of the purpose',
    },
  },
  'lifetime-consent': {
    message: { zh: '同意型目的 {} 没有最长期限', en: 'consent purpose {} has no longest time' },
    remedy: {
      zh: '不得一次性终身授权（国办发〔2020〕49号）：写 longestConsent',
      en: 'No consent once for a lifetime (国办发〔2020〕49号): say longestConsent',
    },
  },
  'withhold-consent': {
    message: {
      zh: '目的 {} 以同意为依据，不得对本人暂缓告知',
      en: 'purpose {} rests on consent: its look-ups cannot be withheld from the person',
    },
    remedy: { zh: '删除 withhold；只有法定目的可以', en: 'Delete `withhold`; only statutory purposes may have it' },
  },
  'withhold-added': {
    message: {
      zh: '下级包为目的 {} 增加或延长了暂缓告知',
      en: 'a lower pack lets look-ups for {} be withheld from the person',
    },
    remedy: {
      zh: '删除 withhold；暂缓告知只由最上级包依法律、行政法规规定',
      en: 'Delete `withhold`; only the uppermost pack may say so, by law or administrative regulation',
    },
  },
  'calendar-day': {
    message: { zh: '工作日历中的 {} 有误', en: '{} is not possible in the calendar' },
    remedy: {
      zh: 'off 只列本年放假的周一至周五，worked 只列本年上班的周六、周日，各列一次',
      en: 'List weekdays off in `off` and worked weekend days in `worked`, of that year, each once',
    },
  },
  'unit-code': {
    message: { zh: '统一社会信用代码不正确：{}', en: 'not a valid unified social credit code: {}' },
    remedy: {
      zh: '按登记证书核对；虚构区划只限演示包',
      en: 'Check it against the certificate; fictional divisions only in the demonstration pack',
    },
  },
} satisfies Record<string, Entry>

export type PackProblemCode = keyof typeof PACK_PROBLEMS

/** Where in a layer: `['items', 3, 'fields', 0]`. */
export type Path = readonly (string | number)[]
/** One problem: in which layer (0 is the uppermost), where, and what it is about. */
export type Found = { layer: number; code: PackProblemCode; path: Path; what: string }
/** What a check writes its findings to. */
export type Report = (code: PackProblemCode, path: Path, what: string) => void
