import { useWords } from '../i18n.ts'
import { Input, Select } from '../ui/field.tsx'

const KINDS = [
  { id: 'citizen', word: 'kinds.citizen' },
  { id: 'passport', word: 'kinds.passport' },
  { id: 'hk-macao-permit', word: 'kinds.hkMacao' },
  { id: 'taiwan-permit', word: 'kinds.taiwan' },
  { id: 'foreign-residence', word: 'kinds.foreign' },
  { id: 'hmt-residence', word: 'kinds.hmt' },
  { id: 'organisation', word: 'kinds.organisation' },
] as const

export type Identifier = { kind: string; number: string }

/** Kind and number of an identity document; kept in memory only. */
export function IdentifierFields({
  value,
  onValue,
  wrong,
  personsOnly = false,
}: {
  value: Identifier
  onValue: (value: Identifier) => void
  wrong: boolean
  personsOnly?: boolean
}) {
  const { t } = useWords()
  return (
    <div className="field-pair">
      <Select
        label={t('lookUp.kind')}
        value={value.kind}
        onChange={(event) => onValue({ ...value, kind: event.target.value })}
      >
        {KINDS.filter(({ id }) => !personsOnly || id !== 'organisation').map(({ id, word }) => (
          <option key={id} value={id}>
            {t(word)}
          </option>
        ))}
      </Select>
      <Input
        label={t('lookUp.number')}
        hint={t('lookUp.numberHint')}
        wrong={wrong && !value.number.trim() ? t('lookUp.numberMissing') : undefined}
        value={value.number}
        maxLength={64}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        onChange={(event) => onValue({ ...value, number: event.target.value })}
      />
    </div>
  )
}
