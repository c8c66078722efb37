import { useState } from 'react'
import type { Reply } from '../api.ts'
import { ACCEPT, type Paper } from '../case/send-file.ts'
import { useWords } from '../i18n.ts'
import { Area } from '../ui/field.tsx'
import { FileField } from '../ui/file-field.tsx'
import { Made, SendRow, useStart } from './start-case.tsx'

export type RepairRule = NonNullable<Reply<'myArchive'>['repairs']>[string]

/** Application for repair: what was performed, the commitment, the conditions of its class, and the proof (信用修复管理办法). */
export function RepairForm({ record, rule, onNot }: { record: string; rule: RepairRule; onNot: () => void }) {
  const { t, pick } = useWords()
  const [facts, setFacts] = useState('')
  const [statement, setStatement] = useState<string>(t('way.commitmentText'))
  const [met, setMet] = useState<number[]>([])
  const [proof, setProof] = useState<File[]>([])
  const [letter, setLetter] = useState<File[]>([])
  const [report, setReport] = useState<File[]>([])
  const [tried, setTried] = useState(false)
  const begin = useStart({ machine: 'repair', kind: 'apply', record })
  if (begin.isSuccess) return <Made {...begin.data} />
  const papers: Paper[] = [
    ...proof.map((file) => ({ about: 'performance' as const, file })),
    ...letter.map((file) => ({ about: 'commitment' as const, file })),
    ...report.map((file) => ({ about: 'report' as const, file })),
  ]
  const ready = facts.trim() !== '' && statement.trim() !== '' && proof.length > 0
  const wrong = (missing: boolean, text: string = t('case.needed')) => (tried && missing ? text : undefined)
  return (
    <form
      className="stack form-width no-print way-form"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!ready) return
        const said = met.map((at) => rule.conditions[at]?.zh ?? '').join('；')
        begin.mutate({
          content: {
            facts: facts.trim(),
            statement: statement.trim(),
            ...(said ? { fields: { conditions: said } } : {}),
          },
          papers,
        })
      }}
    >
      <fieldset className="field">
        <legend className="field-legend">{t('way.repairMet')}</legend>
        {rule.conditions.map((condition, at) => (
          <label className="check" key={condition.en}>
            <input
              type="checkbox"
              checked={met.includes(at)}
              onChange={(event) =>
                setMet(
                  rule.conditions.flatMap((_, one) =>
                    (one === at ? event.target.checked : met.includes(one)) ? [one] : [],
                  ),
                )
              }
            />
            {pick(condition)}
          </label>
        ))}
        <span className="hint">{t('way.repairMetHint')}</span>
      </fieldset>
      <Area
        label={t('way.repairPerformed')}
        hint={t('way.repairPerformedHint')}
        wrong={wrong(facts.trim() === '')}
        value={facts}
        maxLength={4000}
        onText={setFacts}
      />
      <FileField
        label={t('way.proof')}
        hint={t('paper.hint')}
        wrong={wrong(proof.length === 0, t('way.proofMissing'))}
        accept={ACCEPT}
        files={proof}
        onFiles={setProof}
      />
      <Area
        label={t('way.repairCommitment')}
        hint={t('way.repairCommitmentHint')}
        wrong={wrong(statement.trim() === '')}
        value={statement}
        maxLength={4000}
        onText={setStatement}
      />
      <FileField
        label={t('way.letter')}
        hint={t('way.letterHint')}
        accept={ACCEPT}
        files={letter}
        onFiles={setLetter}
      />
      <FileField
        label={t('way.report')}
        hint={t('way.reportHint')}
        accept={ACCEPT}
        files={report}
        onFiles={setReport}
      />
      <SendRow error={begin.error} pending={begin.isPending} onNot={onNot} />
    </form>
  )
}
