import type { ContentKind } from '#domain/public-kinds.ts'
import type { Text } from '#domain/refusal.ts'

/** A text of the demo city's site. `day` is a day of every year (MM-DD), the next one is taken. */
export type DemoText = { kind: ContentKind; title: Text; body: Text; day?: string; exemplar?: true }

/** What the lead department of the demo city has written. Nobody in it is real. */
export const DEMO_TEXTS: readonly DemoText[] = [
  {
    kind: 'policy',
    title: { zh: '信用修复管理办法要点', en: 'Measures on the administration of credit repair, in short' },
    body: {
      zh: `《信用修复管理办法》（国家发展改革委令第36号）自2026年4月1日起施行。修复是一项权利：纠正了行为、履行了义务，就可以申请。

## 分为三类
- **轻微失信**：原则上不公示，履行义务后即可修复。
- **一般失信**：最长公示一年。
- **严重失信**：最长公示三年。

## 修复以后
停止公示，停止共享和使用，解除相关措施。得到过这条记录的单位也必须同步更新。

本页是说明，不是法律文本；以公布的全文为准。`,
      en: `The Measures on the administration of credit repair (NDRC Order No. 36) are in force since 1 April 2026. Repair is a right: who has put things right and done what was owed can apply.

## Three classes
- **Minor**: in principle not published, repaired as soon as the duty is done.
- **General**: published for a year at most.
- **Serious**: published for three years at most.

## After repair
Publication, sharing and use stop, and measures end. Whoever has received the record must follow.

This page explains; the published text decides.`,
    },
  },
  {
    kind: 'policy',
    title: { zh: '为什么七个工作日内公示', en: 'Why within seven working days' },
    body: {
      zh: `行政许可和行政处罚决定，由作出决定的机关自决定之日起七个工作日内上网公示（发改办财金〔2018〕424号）。谁产生、谁公示、谁负责。

工作日以国务院公布的节假日安排为准，决定当日不计。本站在[公示统计](/statistics)中公布按时公示的比例。`,
      en: `The organ that grants a permit or imposes a penalty publishes the decision within seven working days (发改办财金〔2018〕424号). Who makes it publishes it and answers for it.

Working days are those of the State Council's notices; the day of the decision does not count. How many were in time is in the [statistics](/statistics).`,
    },
  },
  {
    kind: 'policy',
    title: { zh: '个人信息保护法赋予您的权利', en: 'What the Personal Information Protection Law gives you' },
    body: {
      zh: `1. 知情和决定（第四十四条）
2. 查阅、复制（第四十五条）
3. 更正、补充（第四十六条）
4. 删除（第四十七条）
5. 要求解释规则（第四十八条）

被拒绝的，应当说明理由；您也可以向人民法院起诉（第五十条）。在[您的权利](/rights)可以看到本系统怎样落实每一项。`,
      en: `1. To know and to decide (art. 44)
2. To read and to copy (art. 45)
3. To have errors corrected (art. 46)
4. To have data erased (art. 47)
5. To have the rules explained (art. 48)

A refusal must give its reasons, and you may go to court (art. 50). [Your rights](/rights) shows how this system keeps each.`,
    },
  },
  {
    kind: 'knowledge',
    title: { zh: '公共信用记录不是征信报告', en: 'A public credit record is not a bank credit report' },
    body: {
      zh: `公共信用记录来自行政机关、司法机关依法作出的文书，如许可、处罚、判决执行。个人征信报告由中国人民银行征信中心出具，记录的是贷款、信用卡。

两者依据不同、用途不同、查询的地方也不同。**本平台没有您的贷款记录，也不给人打分。**`,
      en: `Public credit records come from documents that administrative organs and courts issue by law: permits, penalties, enforcement. A bank credit report is issued by the credit reference centre of the People's Bank and is about loans and cards.

They differ in law, in use, and in where one asks for them. **This platform holds no loans and gives nobody a score.**`,
    },
  },
  {
    kind: 'knowledge',
    title: { zh: '一条不利记录会存在多久', en: 'How long an adverse record lasts' },
    body: {
      zh: `从文书作出之日起算，到期当日零时停止展示、停止使用，不需要申请。

> 记录都有期限，没有“永久”的失信记录。

对记录有异议的，可以在“我的信用”提出；提前改正的，可以申请修复。`,
      en: `It counts from the date of the document, and stops being shown and used at the first instant of the day it ends. Nobody has to apply.

> Every record has a term: there is none for ever.

If you think a record is wrong, object in “My credit”; who has put things right early can apply for repair.`,
    },
  },
  {
    kind: 'knowledge',
    title: { zh: '接到“代办信用修复”的电话怎么办', en: 'When someone offers to repair your credit for money' },
    body: {
      zh: `信用修复不收费，也不需要中介。凡是收费代办、索要验证码和密码的，都可能是诈骗。

- 自己在网上或者到大厅窗口申请；
- 办理结果在“我的信用”里能看到；
- 遇到骗子，请[举报](/tips)或者报警。`,
      en: `Repair is free and needs no agent. Whoever asks for money, codes or passwords may be a fraud.

- Apply yourself, online or at the counter of the service hall.
- You see the result in “My credit”.
- If someone tries, [tell us](/tips) or the police.`,
    },
  },
  {
    kind: 'case',
    title: { zh: '一家食品经营企业的及时修复', en: 'A food company that put things right in time' },
    body: {
      zh: `某食品经营企业因销售超过保质期的食品被处以罚款。企业缴清罚款、完善进货查验制度后申请信用修复，主管机关核实后终止公示。

**启示**：主动改正的，法律给出路；拖延不改的，影响会伴随整个公示期。`,
      en: `A food company was fined for selling food past its date. It paid, set up checks on what it buys, and applied for repair; the organ verified this and ended publication.

**What it shows**: the law has a way out for those who put things right; who does not carries the record for its whole term.`,
    },
  },
  {
    kind: 'case',
    title: { zh: '一条错误记录是怎样被纠正的', en: 'How a wrong record was corrected' },
    body: {
      zh: `某企业发现公示的处罚文书号与自己收到的不一致，提出异议。报送单位核查后承认录入错误，当天撤回并重新报送。异议期间，该记录一直带有“异议中”的标注。

**启示**：记录错了，改正是报送单位的义务，不是当事人的负担。`,
      en: `A company saw that the document number of a published penalty was not the one it had received, and objected. The reporting unit found its typing error, withdrew the record the same day and reported it anew. Until then the record bore the mark of the objection.

**What it shows**: correcting a wrong record is the duty of who reported it, not the burden of who it is about.`,
    },
  },
  {
    kind: 'exemplar',
    exemplar: true,
    title: { zh: '诚信经营示范街区：衡兴路', en: 'A model of honest trade: Hengxing Road' },
    body: {
      zh: `衡兴路六十余家商户共同承诺：明码标价、七日无理由退换、纠纷先行赔付。三年来，街区消费投诉量下降，承诺全部兑现。

经街道推荐、主管部门审核后展示，到期重新审核。`,
      en: `More than sixty shops of Hengxing Road promised together: clear prices, returns within seven days without reasons, compensation before dispute. Complaints have fallen for three years, and every promise was kept.

Nominated by the neighbourhood and reviewed by the departments; reviewed again when its term is over.`,
    },
  },
  {
    kind: 'campaign',
    day: '06-14',
    title: { zh: '信用记录关爱日', en: 'Day of care for credit records' },
    body: {
      zh: `现场帮助市民查看自己的档案，讲解异议和修复怎样申请。各区政务服务大厅设咨询台。`,
      en: `We help people read their own file and explain how to object and how to apply for repair, in the service halls of all districts.`,
    },
  },
  {
    kind: 'campaign',
    day: '12-04',
    title: { zh: '国家宪法日：信用与法治', en: 'National Constitution Day: credit and the rule of law' },
    body: {
      zh: `开放日：看一看一条记录从哪里来、谁看过、到什么时候结束。`,
      en: `An open day: see where a record comes from, who has looked at it, and when it ends.`,
    },
  },
  {
    kind: 'campaign',
    day: '03-05',
    title: { zh: '学雷锋纪念日：志愿服务进社区', en: 'Volunteers’ day in the neighbourhoods' },
    body: {
      zh: `志愿服务时长由本人自愿登记，只带来便利，不带来任何不利后果。`,
      en: `Hours of volunteering are registered only if you wish. They can help you, and never count against anyone.`,
    },
  },
  {
    kind: 'campaign',
    day: '03-15',
    title: { zh: '消费者权益日：诚信经营承诺', en: 'Consumers’ day: promises of honest trade' },
    body: {
      zh: `商户公开承诺，履行情况接受监督；消费纠纷可在[举报投诉](/tips)反映。`,
      en: `Shops make their promises in public and are held to them; report disputes under [tips and complaints](/tips).`,
    },
  },
  {
    kind: 'answer',
    title: { zh: '别人能在这里查到我的记录吗？', en: 'Can others find my record here?' },
    body: {
      zh: `不能。本站只公示组织的信息。自然人的档案，只有本人、本人授权的单位和有法定事项的单位可以查看；每一次查看您都看得到。`,
      en: `No. This site publishes organisations only. A person's file is open to that person, to those they have consented to, and to offices with a matter the law names; you see every look.`,
    },
  },
  {
    kind: 'answer',
    title: { zh: '企业名称改了，以前的公示怎么办？', en: 'My company has a new name. What about what was published?' },
    body: {
      zh: `公示信息按统一社会信用代码归集，改名不影响查询。请提醒报送单位按新名称更新。`,
      en: `What is published is kept by the unified social credit code; a new name changes nothing in the search. Ask the reporting unit to update the name.`,
    },
  },
  {
    kind: 'answer',
    title: { zh: '没有公示信息，是不是说明信用好？', en: 'Does nothing published mean good credit?' },
    body: {
      zh: `不能这样说。公示信息只是依法公开的一部分，不是信用评价。需要证明的，请由本企业申请专项信用报告。`,
      en: `No. What is published is only what the law opens, and no rating. If you need proof, the company can apply for a special report.`,
    },
  },
]

/** What people have written to the platform in the demo city, and what was answered. */
export const DEMO_TIPS = [
  {
    kind: 'question',
    text: '请问企业被处以警告，是否会在网站上公示？一般多长时间可以消除影响？',
    answer: '警告一般属于轻微失信，原则上不公示；履行义务后即可修复。具体以处罚决定书为准。',
  },
  {
    kind: 'tip',
    unit: 'demo-market',
    text: '衡兴路附近一家商铺标价与结账价格不一致，上周连续两次遇到，保留了小票。',
  },
  {
    kind: 'complaint',
    unit: 'demo-approval',
    text: '窗口办理时被要求重复提交已经共享的材料，希望改进，减少来回跑。',
    answer: '已核实并取消该项重复材料，感谢监督。',
  },
  {
    kind: 'suggestion',
    text: '建议把公示页面的字再放大一些，方便老年人查看；希望增加打印的入口。',
  },
] as const
