import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useWords } from '../../i18n.ts'
import { Input } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Failure, Note } from '../../ui/note.tsx'
import { Editor, type Target } from './editor.tsx'
import type { Draft } from './draft.ts'

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1)

/** The files of a draft in an editor, and what the check says of them, each at its line. */
export function DraftFiles(props: { draft: Draft; writes: boolean; onChanged: (draft: Draft) => void }) {
  const { t } = useWords()
  const { draft, writes } = props
  const [current, setCurrent] = useState('pack.yaml')
  const [edits, setEdits] = useState<Record<string, string>>({})
  const [target, setTarget] = useState<Target>()
  const stored = draft.files.find(({ name }) => name === current) ?? draft.files[0]
  const name = edits[current] === undefined ? (stored?.name ?? current) : current
  const text = edits[name] ?? stored?.text ?? ''
  const drop = (file: string) =>
    setEdits((all) => Object.fromEntries(Object.entries(all).filter(([one]) => one !== file)))
  const save = useMutation({
    mutationFn: (of: { name: string; text: string | null }) =>
      call('saveDraft', { params: { draft: draft.draft }, body: { step: draft.step, ...of } }),
    onSuccess: (next, of) => {
      drop(of.name)
      if (of.text === null) setCurrent('pack.yaml')
      props.onChanged(next)
    },
  })
  // oxlint-disable-next-line unicorn/no-array-sort -- of a copy; the web knows no toSorted
  const names = [...new Set([...draft.files.map((file) => file.name), ...Object.keys(edits)])].sort()
  const own = draft.problems.filter(({ file }) =>
    draft.files.some((one) => file === `policy/${draft.layer}/${one.name}`),
  )
  const wrong = new Set(own.filter(({ file }) => nameOf(file) === name).map(({ line }) => line))
  return (
    <section className="stack">
      <h2>{t('packs.files')}</h2>
      <div className="pack-files">
        <ul>
          {names.map((one) => (
            <li key={one}>
              <button
                type="button"
                aria-current={one === name ? 'true' : undefined}
                onClick={() => {
                  setCurrent(one)
                  setTarget(undefined)
                }}
              >
                <Icon name="file" size={16} />
                <span>{one}</span>
                {edits[one] === undefined ? null : <span className="tag warn">{t('packs.unsaved')}</span>}
                {own.some(({ file }) => nameOf(file) === one) ? <span className="tag bad">!</span> : null}
              </button>
            </li>
          ))}
        </ul>
        <div className="stack">
          <Editor
            name={name}
            text={text}
            readOnly={!writes}
            wrong={wrong}
            target={target}
            onText={(value) => {
              setCurrent(name)
              setEdits({ ...edits, [name]: value })
            }}
          />
          {save.isError ? <Failure error={save.error} alert /> : null}
          <div className="row">
            {writes ? (
              <button
                type="button"
                className="button"
                disabled={save.isPending || edits[name] === undefined}
                onClick={() => save.mutate({ name, text })}
              >
                {t('packs.save')}
              </button>
            ) : null}
            {edits[name] === undefined ? null : (
              <button type="button" className="button quiet" onClick={() => drop(name)}>
                {t('packs.discard')}
              </button>
            )}
            <Download name={name} text={text} />
            {writes && name !== 'pack.yaml' ? (
              <button type="button" className="button quiet" onClick={() => save.mutate({ name, text: null })}>
                {t('packs.remove')}
              </button>
            ) : null}
          </div>
          {writes ? (
            <AddFile
              onText={(file, value) => {
                setEdits({ ...edits, [file]: value })
                setCurrent(file)
              }}
            />
          ) : null}
        </div>
      </div>
      <Problems
        draft={draft}
        onGo={(file, line) => {
          setCurrent(nameOf(file))
          setTarget({ line, turn: Date.now() })
        }}
      />
    </section>
  )
}

function Download({ name, text }: { name: string; text: string }) {
  const { t } = useWords()
  return (
    <a className="button quiet" download={name} href={`data:text/yaml;charset=utf-8,${encodeURIComponent(text)}`}>
      <Icon name="download" size={18} />
      {t('packs.download')}
    </a>
  )
}

/** A new file, empty or from this machine; one of the same name takes its place. */
function AddFile({ onText }: { onText: (name: string, text: string) => void }) {
  const { t } = useWords()
  const [name, setName] = useState('')
  const isNamed = /^[a-z0-9][a-z0-9-]{0,60}\.yaml$/.test(name)
  return (
    <details className="fold">
      <summary>{t('packs.add')}</summary>
      <div className="stack form-width">
        <Input
          label={t('packs.addName')}
          hint={t('packs.addHint')}
          value={name}
          wrong={name !== '' && !isNamed ? t('packs.addHint') : undefined}
          onChange={({ target }) => setName(target.value.trim())}
        />
        <div className="row">
          <button type="button" className="button second" disabled={!isNamed} onClick={() => onText(name, '')}>
            {t('packs.add')}
          </button>
          <label className="button quiet">
            <Icon name="upload" size={18} />
            {t('packs.upload')}
            <input
              type="file"
              accept=".yaml"
              className="visually-hidden"
              onChange={({ target }) => {
                const file = target.files?.[0]
                if (file) void file.text().then((text) => onText(file.name, text))
                target.value = ''
              }}
            />
          </label>
        </div>
      </div>
    </details>
  )
}

function Problems({ draft, onGo }: { draft: Draft; onGo: (file: string, line: number) => void }) {
  const { t, pick } = useWords()
  const { problems } = draft
  return (
    <div className="stack live" aria-live="polite">
      <h3>{t('packs.check')}</h3>
      {problems.length === 0 ? (
        <Note tone="good" title={t('packs.sound')} />
      ) : (
        <Note tone="bad" title={t('packs.problems', { count: problems.length })}>
          <ul className="stack pack-problems">
            {problems.map((one) => (
              <li key={`${one.file}:${one.line}:${one.column ?? 0}:${one.code}:${one.message.zh}`}>
                <button type="button" className="link" onClick={() => onGo(one.file, one.line)}>
                  {t('packs.goTo', { file: one.file, line: one.line })}
                </button>
                <p>{pick(one.message)}</p>
                <p className="soft">{pick(one.remedy)}</p>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  )
}
