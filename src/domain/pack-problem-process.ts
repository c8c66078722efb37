import type { Text } from './refusal.ts'

/** What `pack check` refuses in the sections about process, lists and measures. `{}` is what it is about. */
export const PROCESS_PROBLEMS = {
  'area-added': {
    message: { zh: '增加了严重失信领域 {}', en: 'adds an area of serious conduct: {}' },
    remedy: {
      zh: '严重失信主体名单只限国家规定的四个领域，任何部门不得增加（国办发〔2020〕49号）',
      en: 'The four national areas are all there are; no one may add to them (国办发〔2020〕49号)',
    },
  },
  'list-area': {
    message: { zh: '严重失信情形 {} 不在四个领域之内', en: 'serious criterion {} lies in none of the four areas' },
    remedy: {
      zh: '写明 area；没有对应领域的情形不能列入',
      en: 'Name its `area`; without one it cannot be a criterion',
    },
  },
  'list-subject': {
    message: { zh: '{} 的主体与其条目事项或名单不符', en: 'the subjects of {} are not those of its item or lists' },
    remedy: {
      zh: '一份名单一类主体，与条目事项相同；措施只及其名单的主体',
      en: 'A list has the subject of its item; a measure reaches only the subjects of its lists',
    },
  },
  'list-nature': {
    message: { zh: '{} 的性质与其条目事项不符', en: '{} is of another nature than its records' },
    remedy: {
      zh: '失信名单用失信事项，红名单、典型用守信事项；激励只看守信记录',
      en: 'Adverse lists take adverse items, red lists and exemplars favourable ones; incentives look at good records alone',
    },
  },
  'list-source': {
    message: { zh: '名单与条目事项的来源单位不一致：{}', en: 'the units of list and entries differ: {}' },
    remedy: {
      zh: '只有名单的认定单位可以报送其条目，认定单位也须是事项来源',
      en: 'Those who determine a list, and nobody else, are the sources of its entries',
    },
  },
  'list-no-process': {
    message: { zh: '名单 {} 缺少法定程序', en: 'list {} lacks due process' },
    remedy: {
      zh: '本地认定的名单须有期限 term；失信名单还须有陈述申辩期 window',
      en: 'A list determined here has a `term`; an adverse one also a `window` for statement and defence',
    },
  },
  'repair-missing': {
    message: { zh: '失信展示类别 {} 没有修复规则', en: 'adverse display class {} has no repair rule' },
    remedy: { zh: '信用修复是权利：在 repair 中写明', en: 'Repair is a right: say how in `repair`' },
  },
  'repair-widened': {
    message: { zh: '修复规则改动了上级的条件：{}', en: 'changes the upper conditions of repair: {}' },
    remedy: {
      zh: '保留上级的条件、类别和自动终止；不得改为不可修复',
      en: 'Keep the upper conditions, classes and automatic end; never make it irreparable',
    },
  },
  'term-widened': {
    message: { zh: '机关办理期限长于上级：{}', en: 'a longer deadline for an office than the upper one: {}' },
    remedy: { zh: '只能缩短', en: 'It can only become shorter' },
  },
  'window-shortened': {
    message: { zh: '本人的期限短于上级：{}', en: 'less time for the person than the upper pack gives: {}' },
    remedy: { zh: '只能延长', en: 'It can only become longer' },
  },
  'list-widened': {
    message: { zh: '名单超出上级的范围：{}', en: 'the list goes beyond the upper one: {}' },
    remedy: {
      zh: '情形、单位、主体、期限、公布只能减少，程序和移出途径只能增加；另立名单须有自己的依据',
      en: 'Criteria, units, subjects, term and publication can only shrink, process and ways out only grow; another list needs its own basis',
    },
  },
  'measure-widened': {
    message: { zh: '措施超出上级的范围：{}', en: 'the measure goes beyond the upper one: {}' },
    remedy: {
      zh: '名单、单位、主体、期限只能减少，种类不变',
      en: 'Lists, units, subjects and term can only shrink, its kind stays',
    },
  },
  'campaign-person': {
    message: {
      zh: '专项治理涉及自然人的事项：{}',
      en: 'a campaign would draw natural persons: {}',
    },
    remedy: {
      zh: '专项治理只查单位：只写主体为 organisation 的事项；任何包都不得用规则筛选自然人',
      en: 'Campaigns are about organisations alone: name items whose subject is organisation; no pack may select people by a rule',
    },
  },
  'campaign-answer': {
    message: {
      zh: '专项治理的说明期限 {} 不是单位自己的期限',
      en: 'the time to answer in a campaign, {}, is not the organisation’s own',
    },
    remedy: {
      zh: '引用标有 least: true 的期限，下级包只能延长',
      en: 'Name a term with least: true, which a lower pack can only lengthen',
    },
  },
  'campaign-widened': {
    message: { zh: '专项治理超出上级的范围：{}', en: 'the campaign goes beyond the upper one: {}' },
    remedy: {
      zh: '事项、关键词、单位、追溯和持续时间只能减少；另立问题须有自己的 id 和依据',
      en: 'Items, words, units, how far back and how long can only shrink; another problem needs an id and a basis of its own',
    },
  },
  'task-without-lead': {
    message: { zh: '任务 {} 没有责任单位', en: 'task {} has nobody responsible' },
    remedy: { zh: '写明 lead：单位、种类，或 * 表示各单位', en: 'Say in `lead`: units, kinds, or * for every unit' },
  },
  'not-told': {
    message: { zh: '失信事项 {} 归集时不告知本人', en: 'nobody is told of adverse records of {}' },
    remedy: {
      zh: '写明 notify 及其依据：上级包的失信事项都告知本人',
      en: 'Say `notify` with its basis: of adverse items of the upper pack people are told',
    },
  },
  'unit-above': {
    message: { zh: '给上级的单位派了任务或者打分：{}', en: 'gives a unit of an upper pack something to do: {}' },
    remedy: {
      zh: '任务、打分表、经费、培训、惠民和应用只能交给本级和下级的单位',
      en: 'Tasks, sheets, funds, programmes, benefits and uses are for the units of this pack and of those below',
    },
  },
  'successor-circle': {
    message: { zh: '{} 成为自己的后继单位', en: '{} becomes its own successor' },
    remedy: { zh: '去掉循环的 successor', en: 'Remove the `successor` that closes the circle' },
  },
  'paragraph-twice': {
    message: { zh: '段落 {} 写了两次', en: 'paragraph {} is said twice' },
    remedy: { zh: '每一编号段落只写一次', en: 'Say each numbered paragraph once' },
  },
  'incentive-open': {
    message: { zh: '激励 {} 没有写明凭什么记录', en: 'incentive {} does not say on what record' },
    remedy: { zh: '写明 requires：名单、事项或年限', en: 'Say in `requires`: lists, items or years' },
  },
} satisfies Record<string, { message: Text; remedy: Text }>
