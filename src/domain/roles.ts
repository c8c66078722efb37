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

/** Roles that two administrators grant together; the database holds the same list (migration 0035). */
export const STRONG_ROLES: readonly string[] = ['admin', 'auditor']

export const isStaffRole = (role: string): role is StaffRole => Object.hasOwn(STAFF_ROLE_NAMES, role)
export const isStrong = (roles: readonly string[]): boolean => roles.some((role) => STRONG_ROLES.includes(role))

/** Roles in words; "none" where there is none yet. */
export function nameRoles(roles: readonly string[]): Text {
  const names = roles.filter(isStaffRole).map((role) => STAFF_ROLE_NAMES[role])
  if (names.length === 0) return { zh: '尚无', en: 'none yet' }
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}
