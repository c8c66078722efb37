import { STAFF_ROLE_NAMES, STRONG_ROLES, type StaffRole } from '#domain/roles.ts'
import { useWords } from '../i18n.ts'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
const ROLES = Object.keys(STAFF_ROLE_NAMES) as StaffRole[]

/** The roles of an account, to be chosen. */
export function RoleBoxes({ roles, onRoles }: { roles: readonly string[]; onRoles: (roles: string[]) => void }) {
  const { t, pick } = useWords()
  return (
    <fieldset className="field plain">
      <legend className="field-legend">{t('accounts.roles')}</legend>
      <div className="role-boxes">
        {ROLES.map((role) => (
          <label className="check" key={role}>
            <input
              type="checkbox"
              checked={roles.includes(role)}
              onChange={(event) =>
                onRoles(event.target.checked ? [...roles, role] : roles.filter((other) => other !== role))
              }
            />
            {pick(STAFF_ROLE_NAMES[role])}
            {STRONG_ROLES.includes(role) ? <span className="tag brand">{t('accounts.two')}</span> : null}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
