import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../../api.ts'
import { useWords } from '../../i18n.ts'
import { Choices } from '../../ui/field.tsx'
import { Empty, Failure, Note } from '../../ui/note.tsx'
import { TableWrap } from '../../ui/table-wrap.tsx'

type List = Reply<'lists'>['lists'][number]

/** Whom a rule flags, to be examined by a person (R34). Asked for on purpose: whoever is named sees the look-up. */
export function Candidates({ lists, onDone }: { lists: List[]; onDone: () => void }) {
  const { t, pick } = useWords()
  const rules = lists.flatMap((list) =>
    list.criteria
      .filter(({ flagged }) => flagged)
      .map((criterion) => ({ key: `${list.id}/${criterion.id}`, list, criterion })),
  )
  const [key, setKey] = useState(rules[0]?.key ?? '')
  const rule = rules.find((one) => one.key === key)
  const find = useMutation({
    mutationFn: () =>
      call('candidates', { params: { list: rule?.list.id ?? '' }, query: { criterion: rule?.criterion.id ?? '' } }),
    gcTime: 0,
  })
  return (
    <section className="card stack">
      <h2 className="h-small">{t('listBoard.candidates')}</h2>
      <Note tone="warn" icon="eye">
        <p>{t('listBoard.candidatesText')}</p>
      </Note>
      <Choices
        legend={t('listBoard.criterion')}
        name="rule"
        value={key}
        onValue={setKey}
        options={rules.map((one) => ({ value: one.key, title: pick(one.list.name), text: pick(one.criterion.text) }))}
      />
      {find.isError ? <Failure error={find.error} alert /> : null}
      <div className="row">
        <button type="button" className="button" disabled={find.isPending} onClick={() => find.mutate()}>
          {t('listBoard.candidatesGo')}
        </button>
        <button type="button" className="button quiet" onClick={onDone}>
          {t('shared.cancel')}
        </button>
      </div>
      {find.data && find.data.candidates.length === 0 ? (
        <Empty icon="check" title={t('listBoard.noCandidates')} />
      ) : null}
      {find.data && find.data.candidates.length > 0 ? (
        <TableWrap label={t('listBoard.candidates')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('listBoard.name')}</th>
                <th scope="col">{t('lookUp.number')}</th>
                <th scope="col">{t('listBoard.records')}</th>
              </tr>
            </thead>
            <tbody>
              {find.data.candidates.map((one) => (
                <tr key={`${one.name}${one.number}`}>
                  <td>{one.name}</td>
                  <td>{one.number}</td>
                  <td className="num">{one.records}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableWrap>
      ) : null}
    </section>
  )
}
