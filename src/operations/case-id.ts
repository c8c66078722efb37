/** A case is named by its person and its number, both meaningless outside. */
export const caseId = (subject: string, file: bigint): string => `${subject.replaceAll('-', '')}.${file}`

export function parseCaseId(id: string): { subject: string; file: bigint } | undefined {
  const [, hex, file] = /^([0-9a-f]{32})\.([1-9]\d{0,17})$/.exec(id) ?? []
  if (hex === undefined || file === undefined) return undefined
  return { subject: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), file: BigInt(file) }
}
