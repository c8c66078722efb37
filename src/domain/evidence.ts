/** Kinds of file a case takes as evidence, and how their content is told: never by the name, nor by what the sender says. */
export const EVIDENCE_TYPES = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'text/plain': 'txt',
} as const
export type EvidenceType = keyof typeof EVIDENCE_TYPES

/** What a file is there to show: performance of the duty, the commitment, a third party's report, the service of a notice. */
export const EVIDENCE_ABOUT = ['performance', 'commitment', 'report', 'notice', 'other'] as const
export type EvidenceAbout = (typeof EVIDENCE_ABOUT)[number]

/** Largest file, bytes. */
export const EVIDENCE_MOST = 10 * 1024 * 1024

const begins = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte)

/** Control characters but tab, line feed and carriage return: what text does not hold. */
const isControl = (byte: number): boolean => (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f

function isText(bytes: Uint8Array): boolean {
  if (bytes.some(isControl)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** What a file is by its content; undefined for everything that is not taken, such as a page with scripts. */
export function evidenceTypeOf(bytes: Uint8Array): EvidenceType | undefined {
  if (begins(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return 'application/pdf'
  if (begins(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  return bytes.length > 0 && isText(bytes) ? 'text/plain' : undefined
}
