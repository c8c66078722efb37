/**
 * Names of persons that stand in a text where a person is spoken of: after what somebody is (当事人、法定代表人…), before a form of
 * address, or under “姓名”. Nobody is looked up for it: the words alone are read. A name that is masked (张某、李某甲、王××) is none.
 * It finds what is written plainly and not every name there could be; the reviewer answers for the rest (R44).
 */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const NAME = `[${SURNAMES}](?![某×xX*])[\\p{Script=Han}](?![某×xX*])[\\p{Script=Han}]?`
const END = `(?=[，,。；;、：:（(）)“”"\\s]|$)`
const ROLE =
  '当事人|被执行人|被处罚人|被告人?|原告|失信人|法定代表人|法人代表|实际控制人|负责人|经营者|店主|老板|司机|驾驶员|居民|村民|业主|志愿者|职工|员工|会计|医生|教师'
const PATTERNS: readonly RegExp[] = [
  new RegExp(`姓名[:：]\\s*(?<name>(?![\\p{Script=Han}]?[某×xX*])[\\p{Script=Han}·]{2,6})`, 'gu'),
  new RegExp(`(?:${ROLE})(?:为|是|系|叫|[:：])?(?<name>${NAME})${END}`, 'gu'),
  new RegExp(`(?<name>${NAME})(?:先生|女士|同志|老师|医生|师傅)`, 'gu'),
  /\b(?:Mr|Mrs|Ms|Miss|Dr)\.? (?<name>[A-Z][a-z]+(?: [A-Z][a-z]+)+)/gu,
]

/** What in a text reads as the name of a person, once each, in the order of the patterns; empty: nothing does. */
export const findNames = (text: string): string[] => [
  ...new Set(PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].map(({ groups }) => groups?.['name'] ?? ''))),
]
