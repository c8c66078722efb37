/** A case is named by its person and its number, both meaningless outside. */
export const caseId = (subject: string, file: bigint): string => `${subject.replaceAll('-', '')}.${file}`

export function parseCaseId(id: string): { subject: string; file: bigint } | undefined {
  const [, hex, file] = /^([0-9a-f]{32})\.([1-9]\d{0,17})$/.exec(id) ?? []
  if (hex === undefined || file === undefined) return undefined
  return { subject: parsePersonId(hex), file: BigInt(file) }
}

/** A person one stands for is named by the hexadecimal of their key. */
export const parsePersonId = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
