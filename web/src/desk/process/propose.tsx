import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Input as CallInput, type Reply } from '../../api.ts'
import { useWords } from '../../i18n.ts'
import { Area, Choices, Input, Select } from '../../ui/field.tsx'
import { Failure, Note } from '../../ui/note.tsx'
import { IdentifierFields, type Identifier } from '../identifier-fields.tsx'
import type { Line } from './board.tsx'
import { ListLaw } from './law.tsx'

type List = Reply<'lists'>['lists'][number]

/** Proposes somebody for a list or nominates them for one of good faith, the law beside the form; nothing follows but a case. */
export function Propose({
  lists,
  board,
  onDone,
  onOpen,
}: {
  lists: List[]
  board: Line[]
  onDone: () => void
  onOpen: (id: string) => void
}) {
  const { t, pick } = useWords()
  const client = useQueryClient()
  const [listId, setList] = useState(lists[0]?.id ?? '')
  const [criterionId, setCriterion] = useState('')
  const [who, setWho] = useState<Identifier>({ kind: '', number: '' })
  const [name, setName] = useState('')
  const [facts, setFacts] = useState('')
  const [document, setDocument] = useState('')
  const [of, setOf] = useState('')
  const [tried, setTried] = useState(false)
  const list = lists.find(({ id }) => id === listId)
  const criteria = list?.criteria ?? []
  const criterion = criteria.find(({ id }) => id === criterionId) ?? (criteria.length === 1 ? criteria[0] : undefined)
  const kind = list?.subjects.includes('person') ? who.kind || 'citizen' : 'organisation'
  const beside = criterion?.beside === true && kind !== 'organisation'
  const send = useMutation({
    mutationFn: (body: CallInput<'propose'>['body']) => call('propose', { body }),
    onSuccess: () => {
      for (const key of ['listings', 'cases']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
  const wrong = (missing: boolean) => (tried && missing ? t('case.needed') : undefined)
  if (send.isSuccess)
    return (
      <Note
        tone="good"
        title={t('listBoard.proposed', { entry: send.data.entry })}
        alert
        actions={
          <>
            <button type="button" className="button" onClick={() => onOpen(send.data.case)}>
              {t('listBoard.goOn')}
            </button>
            <button type="button" className="button quiet" onClick={onDone}>
              {t('listBoard.back')}
            </button>
          </>
        }
      >
        <p>{t('listBoard.proposedText')}</p>
      </Note>
    )
  return (
    <div className="case-sides">
      <form
        className="card stack"
        autoComplete="off"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (!list || !criterion || !who.number.trim() || !name.trim() || !facts.trim() || (beside && !of)) return
          send.mutate({
            list: list.id,
            criterion: criterion.id,
            kind,
            number: who.number.trim(),
            name: name.trim(),
            facts: facts.trim(),
            ...(document.trim() ? { document: document.trim() } : {}),
            ...(beside ? { of } : {}),
          })
        }}
      >
        <h2 className="h-small">{t(list?.machine === 'exemplar' ? 'exemplarBoard.propose' : 'listBoard.propose')}</h2>
        <Select
          label={t('listBoard.list')}
          value={listId}
          onChange={(event) => {
            setList(event.target.value)
            setCriterion('')
            setWho({ kind: '', number: '' })
          }}
        >
          {lists.map((one) => (
            <option key={one.id} value={one.id}>
              {pick(one.name)}
            </option>
          ))}
        </Select>
        {criteria.length > 1 ? (
          <>
            <Choices
              legend={t('listBoard.criterion')}
              name="criterion"
              value={criterion?.id ?? ''}
              onValue={setCriterion}
              options={criteria.map(({ id, text }) => ({ value: id, title: pick(text) }))}
            />
            {wrong(!criterion) ? <p className="wrong">{t('case.needed')}</p> : null}
          </>
        ) : null}
        {kind === 'organisation' ? (
          <Input
            label={t('listBoard.code')}
            value={who.number}
            maxLength={64}
            autoComplete="off"
            wrong={wrong(!who.number.trim())}
            onChange={(event) => setWho({ kind: 'organisation', number: event.target.value })}
          />
        ) : (
          <IdentifierFields value={{ ...who, kind }} onValue={setWho} wrong={tried} />
        )}
        <Input
          label={t(kind === 'organisation' ? 'listBoard.firm' : 'listBoard.name')}
          value={name}
          maxLength={200}
          autoComplete="off"
          wrong={wrong(!name.trim())}
          onChange={(event) => setName(event.target.value)}
        />
        {beside ? (
          <Select
            label={t('listBoard.beside')}
            hint={t('listBoard.besideHint')}
            value={of}
            wrong={wrong(!of)}
            onChange={(event) => setOf(event.target.value)}
          >
            <option value="">{t('case.choose')}</option>
            {board
              .filter(({ stage, subject }) => stage === 'in-force' && subject === 'organisation')
              .map((one) => (
                <option key={one.case} value={one.case}>
                  {one.entry} · {pick(one.list.name)}
                </option>
              ))}
          </Select>
        ) : null}
        <Area
          label={t('case.facts')}
          hint={t('listBoard.factsHint')}
          wrong={wrong(!facts.trim())}
          value={facts}
          maxLength={4000}
          onText={setFacts}
        />
        <Input
          label={`${t('listBoard.evidence')}${t('case.optional')}`}
          value={document}
          maxLength={200}
          onChange={(event) => setDocument(event.target.value)}
        />
        {send.isError ? <Failure error={send.error} alert /> : null}
        <div className="row">
          <button type="submit" className="button" disabled={send.isPending}>
            {t('listBoard.send')}
          </button>
          <button type="button" className="button quiet" onClick={onDone}>
            {t('shared.cancel')}
          </button>
        </div>
      </form>
      {list ? <ListLaw list={list} criterion={criterion?.id ?? ''} /> : null}
    </div>
  )
}
