import type { Text } from './refusal.ts'

/** Roles of staff, as people call them. */
export const STAFF_ROLE_NAMES = {
  clerk: { zh: '报送经办', en: 'clerk' },
  reviewer: { zh: '复核', en: 'reviewer' },
  officer: { zh: '查询经办', en: 'officer' },
  counter: { zh: '服务窗口', en: 'service counter' },
  'review-body': { zh: '复核机关', en: 'review body' },
  court: { zh: '法院', en: 'court' },
  admin: { zh: '管理员', en: 'administrator' },
  auditor: { zh: '审计员', en: 'auditor' },
} as const satisfies Record<string, Text>
export type StaffRole = keyof typeof STAFF_ROLE_NAMES

/**
 * Roles that two administrators grant together; the database holds the same list (strong_of, migration 0124). The reviewer too:
 * who could make one alone would be the second person of every file and every determination (R6, G6).
 */
export const STRONG_ROLES: readonly string[] = ['admin', 'auditor', 'court', 'review-body', 'reviewer']

/** Roles that belong to units of one kind: they read what is no longer shown (the database has the same: may_hold). */
const OF_KIND: Readonly<Record<string, string>> = { court: 'court', 'review-body': 'justice' }
export const mayHold = (roles: readonly string[], kind: string | undefined): boolean =>
  roles.every((role) => !Object.hasOwn(OF_KIND, role) || OF_KIND[role] === kind)

export const isStaffRole = (role: string): role is StaffRole => Object.hasOwn(STAFF_ROLE_NAMES, role)
export const isStrong = (roles: readonly string[]): boolean => roles.some((role) => STRONG_ROLES.includes(role))

/** Roles in words; "none" where there is none yet. */
export function nameRoles(roles: readonly string[]): Text {
  const names = roles.filter(isStaffRole).map((role) => STAFF_ROLE_NAMES[role])
  if (names.length === 0) return { zh: '尚无', en: 'none yet' }
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}
