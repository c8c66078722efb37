import type { Text } from '#domain/refusal.ts'
import { CATALOG_QUERIES } from '#store/verify-catalog.ts'
import { DATA_QUERIES } from '#store/verify-data.ts'

/** One promise as a question whose answer must be empty. Without a query it is asked by the program (operations/verify). */
export type Check = { id: string; guarantee: string; text: Text; query?: string }

const data = (id: keyof typeof DATA_QUERIES, guarantee: string, zh: string, en: string): Check => ({
  id,
  guarantee,
  text: { zh, en },
  query: DATA_QUERIES[id],
})
const wall = (id: keyof typeof CATALOG_QUERIES, guarantee: string, zh: string, en: string): Check => ({
  id,
  guarantee,
  text: { zh, en },
  query: CATALOG_QUERIES[id],
})

/** What the program asks itself, because it needs keys or packs. */
export const OWN_CHECKS = {
  readable: { id: 'readable', guarantee: 'G11', text: { zh: '无法解读的记录', en: 'Records that cannot be read' } },
  identifier: {
    id: 'identifier',
    guarantee: 'G2',
    text: { zh: '证件号码不合标准的主体', en: 'People and organisations under a number that no standard admits' },
  },
  minor: {
    id: 'minor',
    guarantee: 'G2',
    text: { zh: '涉及未成年人的记录', en: 'Records about a minor, or about what a minor did' },
  },
  document: {
    id: 'document',
    guarantee: 'G1',
    text: { zh: '没有法律文书的失信类记录', en: 'Adverse records without a document of legal effect' },
  },
  organ: {
    id: 'organ',
    guarantee: 'G1',
    text: {
      zh: '以其他单位的机关代码报送的记录',
      en: 'Records of a unit under the code of another that decided',
    },
  },
  visible: {
    id: 'visible',
    guarantee: 'G12',
    text: {
      zh: '数据库中的可见范围与现行政策包不符',
      en: 'Visibility in the database that the pack in force does not give',
    },
  },
  items: {
    id: 'items',
    guarantee: 'G5',
    text: {
      zh: '数据库中的事项（性质、最长展示期、公示、名单）与政策包不符',
      en: 'Items in the database other than the packs say: nature, longest term, publication, lists',
    },
  },
  units: {
    id: 'units',
    guarantee: 'G12',
    text: { zh: '数据库中的单位与政策包不符', en: 'Units in the database other than the packs say' },
  },
  purposes: {
    id: 'purposes',
    guarantee: 'G3',
    text: {
      zh: '数据库中的查询用途（依据、暂缓告知期限）与政策包不符',
      en: 'Purposes in the database other than the packs say: ground, longest withholding',
    },
  },
  steps: {
    id: 'steps',
    guarantee: 'G9',
    text: {
      zh: '数据库中的办理步骤与程序规定的步骤不符',
      en: 'Steps of due process in the database other than those of the program',
    },
  },
  subjectName: {
    id: 'subjectName',
    guarantee: 'G11',
    text: {
      zh: '姓名比对码与姓名不符的主体',
      en: 'People and organisations whose name is not what new reports are compared with',
    },
  },
  lookUpVisible: {
    id: 'lookUpVisible',
    guarantee: 'G12',
    text: { zh: '查询所见事项超出当时授权', en: 'Look-ups that showed items not granted at the time' },
  },
  keys: {
    id: 'keys',
    guarantee: 'G11',
    text: { zh: '用密钥文件中没有的密钥加密的内容', en: 'Content sealed with a key that the key file does not hold' },
  },
  campaignTraders: {
    id: 'campaignTraders',
    guarantee: 'G12',
    text: {
      zh: '被专项治理抽取的个体工商户，或者冒作单位的自然人',
      en: 'Natural persons who trade, or who pass for an organisation, drawn into a campaign',
    },
  },
} as const satisfies Record<string, Check>

/** Every check, in the order of the guarantees. */
export const CHECKS: readonly Check[] = [
  data('packContent', 'G1', '内容与其摘要不符的政策包', 'Packs that do not read as their digest says'),
  data('recordSubmission', 'G1', '不属于任何已接收报送的记录', 'Records of no accepted submission'),
  data(
    'recordTarget',
    'G1',
    '事项或单位与其报送不符的记录',
    'Records whose item or unit is not that of their submission',
  ),
  data(
    'recordInForce',
    'G1',
    '决定日期时目录事项未生效的记录',
    'Records of an item not in force, or without basis, on their decision date',
  ),
  data('recordEntitled', 'G1', '由无权报送的单位报送的记录', 'Records from a unit that the pack did not entitle'),
  data('identityWithoutRecord', 'G1', '没有任何记录却留有身份信息的主体', 'Identities kept without any record'),
  data('recordWithoutIdentity', 'G1', '没有主体的记录', 'Records of nobody'),
  OWN_CHECKS.document,
  OWN_CHECKS.organ,
  data('review', 'R6', '须复核而无复核人的报送', 'Submissions that a second person had to approve, and nobody did'),
  OWN_CHECKS.minor,
  data(
    'incapable',
    'G2',
    '无完全民事行为能力人的失信类记录',
    'Adverse records about somebody without full civil capacity',
  ),
  data(
    'wardConsent',
    'G2',
    '无完全民事行为能力人独自作出的授权',
    'Consents that somebody without full civil capacity gave alone',
  ),
  OWN_CHECKS.identifier,
  data('lookUpActor', 'G3', '查询人不存在或已停用的查询', 'Answered look-ups by nobody, or by a closed account'),
  data('lookUpUnit', 'G3', '以他单位或他人名义的查询', 'Answered look-ups in the name of another unit or person'),
  data(
    'lookUpGround',
    'G3',
    '没有依据或没有事项编号的法定查询',
    'Answered look-ups without a ground, or statutory ones without a matter',
  ),
  data(
    'lookUpConsent',
    'G3',
    '查询时没有有效授权的授权查询',
    'Look-ups by consent with no consent that was live at that instant',
  ),
  data('lookUpFields', 'G4', '未记明所见内容的查询', 'Look-ups that do not say what was shown'),
  data('withheld', 'G4', '超出法定期限或无依据的暂缓告知', 'Look-ups withheld without a statute, or for too long'),
  data('endedOfNothing', 'G5', '不针对任何记录的处理', 'Actions on records that are not there'),
  data('withdrawnByOthers', 'R6', '非报送单位撤回的记录', 'Records withdrawn by a unit that did not report them'),
  data('erasedContent', 'G5', '删除后仍有内容的记录', 'Erased records that hold content'),
  OWN_CHECKS.items,
  OWN_CHECKS.steps,
  data('versions', 'G11', '版本不连续或次序颠倒的记录', 'Records whose versions have a gap or are out of order'),
  OWN_CHECKS.readable,
  OWN_CHECKS.subjectName,
  OWN_CHECKS.keys,
  wall('appendOnly', 'G11', '可以改写历史的数据库权限', 'Grants by which history could be rewritten'),
  wall(
    'closedTables',
    'G12',
    '绕过查询函数读取个人数据的权限',
    'Grants to read personal data past the look-up functions',
  ),
  wall(
    'eraser',
    'G11',
    '删除角色的多余权限',
    'Grants of the eraser beyond its functions, or of its functions to others',
  ),
  wall('publicGrants', 'G12', '对所有人开放的权限', 'Grants to everybody'),
  wall(
    'searchPath',
    'G12',
    '未固定搜索路径的特权函数',
    'Functions with the rights of the owner and no pinned search path',
  ),
  wall('rowSecurity', 'G12', '未启用行级安全的表', 'Tables without their row-level security'),
  wall('roles', 'G11', '权限过大的数据库角色', 'Database roles that are more than they should be'),
  wall('tileTrigger', 'G11', '账本瓦片的只增约束失效', 'The ledger’s tiles no longer only grow'),
  data('campaignPersons', 'G12', '被专项治理抽取的自然人', 'Natural persons drawn into a campaign'),
  data(
    'campaignLooks',
    'G4',
    '被专项治理抽取而无查询记录的单位',
    'Organisations drawn into a campaign without a look-up',
  ),
  OWN_CHECKS.campaignTraders,
  data('incidents', 'R20', '非审计人员登记的事件', 'Incidents not opened by an auditor'),
  OWN_CHECKS.units,
  OWN_CHECKS.purposes,
  OWN_CHECKS.visible,
  data(
    'visibleTerms',
    'G5',
    '查询关口所用的展示期限与事项不符',
    'Terms that the gate goes by other than those of the items',
  ),
  data('sealedVisible', 'G12', '敏感字段的可见范围超出事项', 'Sealed fields visible beyond the items'),
  data('organisationNames', 'G12', '以明文保存的自然人姓名', 'Names of natural persons in clear'),
  OWN_CHECKS.lookUpVisible,
]
