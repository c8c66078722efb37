import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../../api.ts'
import { useWords } from '../../i18n.ts'
import { Input, Select } from '../../ui/field.tsx'
import { Failure, Note } from '../../ui/note.tsx'
import { IdentifierFields, type Identifier } from '../identifier-fields.tsx'
import { ListLaw } from './law.tsx'

type List = Reply<'lists'>['lists'][number]

/** Takes up an entry of the court's list that is on file (R58): theirs, with their document; the measures follow. */
export function Receive({
  lists,
  onDone,
  onOpen,
}: {
  lists: List[]
  onDone: () => void
  onOpen: (id: string) => void
}) {
  const { t, pick } = useWords()
  const client = useQueryClient()
  const [listId, setList] = useState(lists[0]?.id ?? '')
  const [who, setWho] = useState<Identifier>({ kind: 'citizen', number: '' })
  const [key, setKey] = useState<Record<string, string>>({})
  const [document, setDocument] = useState('')
  const [tried, setTried] = useState(false)
  const list = lists.find(({ id }) => id === listId)
  const firm = list?.subjects.includes('person') !== true
  const begin = useMutation({
    mutationFn: ({ item, key: fields }: List) =>
      call('startCase', {
        body: {
          machine: 'received',
          kind: 'receive',
          number: who.number.trim(),
          idKind: firm ? 'organisation' : who.kind,
          record: { item, naturalKey: fields.map(({ id }) => (key[id] ?? '').trim()) },
          content: document.trim() ? { document: document.trim() } : {},
        },
      }),
    onSuccess: () => {
      for (const name of ['listings', 'cases', 'measures']) void client.invalidateQueries({ queryKey: [name] })
    },
  })
  const missing = (text: string | undefined) => (tried && !text?.trim() ? t('case.needed') : undefined)
  if (begin.isSuccess)
    return (
      <Note
        tone="good"
        title={t('listBoard.received')}
        alert
        actions={
          <button type="button" className="button" onClick={() => onOpen(begin.data.case)}>
            {t('listBoard.goOn')}
          </button>
        }
      />
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
          if (list && who.number.trim() && list.key.every(({ id }) => key[id]?.trim())) begin.mutate(list)
        }}
      >
        <h2 className="h-small">{t('listBoard.receive')}</h2>
        <p className="soft">{t('listBoard.receiveText')}</p>
        <Select
          label={t('listBoard.list')}
          value={listId}
          onChange={(event) => {
            setList(event.target.value)
            setKey({})
          }}
        >
          {lists.map((one) => (
            <option key={one.id} value={one.id}>
              {pick(one.name)}
            </option>
          ))}
        </Select>
        {firm ? (
          <Input
            label={t('listBoard.code')}
            value={who.number}
            maxLength={64}
            autoComplete="off"
            wrong={missing(who.number)}
            onChange={(event) => setWho({ ...who, number: event.target.value })}
          />
        ) : (
          <IdentifierFields value={who} onValue={setWho} wrong={tried} />
        )}
        {list?.key.map(({ id, name }) => (
          <Input
            key={id}
            label={pick(name)}
            value={key[id] ?? ''}
            maxLength={200}
            wrong={missing(key[id])}
            onChange={(event) => setKey({ ...key, [id]: event.target.value })}
          />
        ))}
        <Input
          label={`${t('case.document')}${t('case.optional')}`}
          value={document}
          maxLength={200}
          onChange={(event) => setDocument(event.target.value)}
        />
        {begin.isError ? <Failure error={begin.error} alert /> : null}
        <div className="row">
          <button type="submit" className="button" disabled={begin.isPending}>
            {t('listBoard.receiveGo')}
          </button>
          <button type="button" className="button quiet" onClick={onDone}>
            {t('shared.cancel')}
          </button>
        </div>
      </form>
      {list ? <ListLaw list={list} criterion="" /> : null}
    </div>
  )
}
