const CHINESE =
  '治安管理处罚 治安处罚 治安拘留 行政拘留 犯罪记录 前科 刑事处罚 吸毒 宗教信仰 基因 指纹 血型 疾病 病史 病历 生物识别 人脸 虹膜 声纹 未成年'
const OTHER =
  'public security order, administrative detention, criminal record, religion, gene, genetic, dna, fingerprint, blood type, disease, medical history, biometric, minors'

/**
 * What no pack can allow, whatever its `forbidden` section says: public-security-order records are sealed
 * (治安管理处罚法 136), criminal records are outside the catalogue, and religion, genes, fingerprints, blood type,
 * disease and medical history are never collected (征信业管理条例 14; 个人信息保护法 28); minors (G2).
 * Chinese words match anywhere, others as whole words.
 */
export const FORBIDDEN_WORDS: readonly string[] = [...CHINESE.split(' '), ...OTHER.split(', ')]

/** Lower case, full width folded, `bloodType`, `blood_type` and `blood-type` read as "blood type". */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[-_\s]+/g, ' ')

/** The first forbidden word in a name or id, or undefined. */
export function findForbidden(text: string, words: readonly string[]): string | undefined {
  const read = plain(text)
  const joined = read.replaceAll(' ', '')
  return words.find((word) => {
    const sought = plain(word)
    return /^[\u0020-\u007e]+$/.test(sought)
      ? new RegExp(`(^|[^a-z0-9])${escape(sought)}s?([^a-z0-9]|$)`).test(read)
      : joined.includes(sought.replaceAll(' ', ''))
  })
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
