import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../../api.ts'
import { formatDay, formatInstant } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { Input, Select } from '../../ui/field.tsx'
import { Empty, Failure, Skeleton, Note } from '../../ui/note.tsx'
import { TableWrap } from '../../ui/table-wrap.tsx'
import { DRAFT_TONES } from './draft.ts'
import { DraftPage } from './draft-page.tsx'
import { Differences } from './differences.tsx'

type Packs = Reply<'packs'>

/** The pack in force with its layers and versions, what of it is unverified, and drafts of the next. */
export function PacksPage() {
  const [open, setOpen] = useState<number>()
  const packs = useQuery({ queryKey: ['packs'], queryFn: ({ signal }) => call('packs', {}, signal) })
  if (open !== undefined)
    return (
      <DraftPage
        draft={open}
        onBack={() => {
          setOpen(undefined)
          void packs.refetch()
        }}
      />
    )
  if (packs.isPending) return <Skeleton lines={9} />
  if (packs.isError) return <Failure error={packs.error} onRetry={() => void packs.refetch()} />
  return (
    <div className="stack-l">
      <PassedOver packs={packs.data} />
      <InForce packs={packs.data} />
      <Drafts packs={packs.data} onOpen={setOpen} />
      <Versions versions={packs.data.versions} />
      <Documents documents={packs.data.documents} />
      <Unverified rules={packs.data.unverified} />
    </div>
  )
}

function InForce({ packs: { pack, layers, versions } }: { packs: Packs }) {
  const { t, pick, language } = useWords()
  const current = versions.find(({ state }) => state === 'in-force')
  return (
    <section className="card stack">
      <p className="row">
        <span className="tag good">{t('packs.inForce')}</span>
        <span className="faint">
          {t('packs.version')} {pack.version}
          {current ? ` · ${t('packs.from')} ${formatInstant(current.from, language)}` : ''}
        </span>
      </p>
      <h2 className="h-small">{pick(pack.name)}</h2>
      {current ? (
        <p className="faint">
          {t('packs.digest')} <code className="digest">{current.digest}</code>
        </p>
      ) : null}
      <h3 className="pack-sub">{t('packs.layers')}</h3>
      <ol className="pack-layers">
        {layers.map((layer) => (
          <li key={layer.id}>
            <strong>{pick(layer.name)}</strong>
            <span className="faint">
              {layer.id} {layer.version}
            </span>
            <a
              href={`/handbook/${layer.id}${language === 'en' ? '?lang=en' : ''}`}
              aria-label={t('packs.handbookOf', { name: pick(layer.name) })}
            >
              {t('packs.handbook')}
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Drafts({ packs: { drafts, layers }, onOpen }: { packs: Packs; onOpen: (draft: number) => void }) {
  const { t, pick, language } = useWords()
  const { who } = useSession()
  const isAdmin = who.roles.includes('admin')
  const mayRead = isAdmin || who.roles.includes('auditor')
  return (
    <section className="stack">
      <h2>{t('packs.drafts')}</h2>
      {isAdmin ? (
        <details className="fold card">
          <summary>{t('packs.begin')}</summary>
          <Begin layers={layers} onOpen={onOpen} />
        </details>
      ) : null}
      {drafts.length === 0 ? (
        <Empty icon="book" title={t('packs.noDrafts')}>
          {isAdmin ? <p>{t('packs.noDraftsText')}</p> : null}
        </Empty>
      ) : (
        <ul className="stack">
          {drafts.map((draft) => (
            <li key={draft.draft} className="card pack-draft">
              <div className="stack-s">
                <p className="row">
                  <span className={`tag ${DRAFT_TONES[draft.state]}`}>{t(`packs.state_${draft.state}`)}</span>
                  {draft.mine ? <span className="tag">{t('packs.mine')}</span> : null}
                  {draft.effective ? (
                    <span className="faint">
                      {t('packs.effectiveOn', { day: formatDay(draft.effective, language) })}
                    </span>
                  ) : null}
                </p>
                <h3>{draft.title}</h3>
                <p className="faint">
                  {draft.layer} · {t('packs.by', { name: pick(draft.author) })} · {formatInstant(draft.at, language)}
                </p>
              </div>
              {mayRead ? (
                <button type="button" className="button second" onClick={() => onOpen(draft.draft)}>
                  {t('packs.open')}
                  <span className="visually-hidden"> {draft.title}</span>
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Begin({ layers, onOpen }: { layers: Packs['layers']; onOpen: (draft: number) => void }) {
  const { t, pick } = useWords()
  const [layer, setLayer] = useState(layers.at(-1)?.id ?? '')
  const [title, setTitle] = useState('')
  const [tried, setTried] = useState(false)
  const open = useMutation({
    mutationFn: () => call('openDraft', { body: { layer, title: title.trim() } }),
    onSuccess: ({ draft }) => onOpen(draft),
  })
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (title.trim()) open.mutate()
      }}
    >
      <Select
        label={t('packs.layer')}
        hint={t('packs.layerHint')}
        value={layer}
        onChange={({ target }) => setLayer(target.value)}
      >
        {layers.map((one) => (
          <option key={one.id} value={one.id}>
            {pick(one.name)}
          </option>
        ))}
      </Select>
      <Input
        label={t('packs.name')}
        value={title}
        maxLength={200}
        wrong={tried && !title.trim() ? t('packs.nameMissing') : undefined}
        onChange={({ target }) => setTitle(target.value)}
      />
      {open.isError ? <Failure error={open.error} alert /> : null}
      <div>
        <button type="submit" className="button" disabled={open.isPending}>
          {t('packs.begin')}
        </button>
      </div>
    </form>
  )
}

function Versions({ versions }: { versions: Packs['versions'] }) {
  const { t, language } = useWords()
  const [compared, setCompared] = useState<number>()
  const at = versions.findIndex(({ load }) => load === compared)
  const [until, from] = [versions[at], versions[at + 1]]
  const diff = useQuery({
    queryKey: ['packDiff', from?.load, until?.load],
    queryFn: ({ signal }) => call('packDiff', { query: { from: from?.load ?? 1, until: until?.load ?? 1 } }, signal),
    enabled: from !== undefined && until !== undefined,
  })
  return (
    <section className="stack">
      <h2>{t('packs.versions')}</h2>
      <TableWrap label={t('packs.versions')}>
        <table className="table folds">
          <thead>
            <tr>
              <th scope="col">{t('packs.version')}</th>
              <th scope="col">{t('packs.from')}</th>
              <th scope="col">{t('packs.digest')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('packs.compare')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((one, index) => (
              <tr key={one.load}>
                <th scope="row">
                  {one.id} {one.version}{' '}
                  <span className={`tag ${one.state === 'in-force' ? 'good' : one.state === 'coming' ? 'warn' : ''}`}>
                    {t(one.state === 'in-force' ? 'packs.inForce' : `packs.state_${one.state}`)}
                  </span>
                </th>
                <td data-label={t('packs.from')}>{formatInstant(one.from, language)}</td>
                <td data-label={t('packs.digest')}>
                  <code title={one.digest}>{one.digest.slice(0, 16)}</code>
                </td>
                <td>
                  {index + 1 < versions.length ? (
                    <button type="button" className="button quiet" onClick={() => setCompared(one.load)}>
                      {t('packs.compare')}
                      <span className="visually-hidden"> {one.version}</span>
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
      {diff.isFetching ? <Skeleton lines={3} /> : null}
      {diff.isError ? <Failure error={diff.error} alert /> : null}
      {diff.data ? <Differences list={diff.data.differences} /> : null}
    </section>
  )
}

function Documents({ documents }: { documents: Packs['documents'] }) {
  const { t, pick } = useWords()
  if (documents.length === 0) return null
  return (
    <section className="stack">
      <h2>{t('packs.documents')}</h2>
      <TableWrap label={t('packs.documents')}>
        <table className="table folds">
          <thead>
            <tr>
              <th scope="col">{t('packs.document')}</th>
              <th scope="col">{t('packs.covered')}</th>
              <th scope="col">{t('packs.superseded')}</th>
            </tr>
          </thead>
          <tbody>
            {documents.map((one) => (
              <tr key={one.id}>
                <th scope="row">{pick(one.name)}</th>
                <td data-label={t('packs.covered')}>
                  <span className={`tag ${one.complete ? 'good' : 'bad'}`}>
                    {t('packs.coveredOf', { covered: one.covered, paragraphs: one.paragraphs })}
                  </span>
                </td>
                <td data-label={t('packs.superseded')}>{one.superseded.map(pick).join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
    </section>
  )
}

/** An update of the program changed a layer that was edited here: said until a draft begun after it is approved. */
function PassedOver({ packs: { passedOver, layers } }: { packs: Packs }) {
  const { t, pick } = useWords()
  if (passedOver.length === 0) return null
  return (
    <Note tone="warn" title={t('packs.passedOver')}>
      <ul>
        {passedOver.map(({ layer, draft, title }) => (
          <li key={layer}>
            {t('packs.passedOverLayer', {
              layer: pick(layers.find(({ id }) => id === layer)?.name ?? { zh: layer, en: layer }),
              draft,
              title,
            })}
          </li>
        ))}
      </ul>
      <p>{t('packs.passedOverText')}</p>
    </Note>
  )
}

function Unverified({ rules }: { rules: Packs['unverified'] }) {
  const { t, pick } = useWords()
  if (rules.length === 0) return null
  return (
    <details className="fold card">
      <summary>{t('packs.unverified', { count: rules.length })}</summary>
      <div className="stack">
        <p className="soft">{t('packs.unverifiedText')}</p>
        <ul className="stack-s">
          {rules.map((rule) => (
            <li key={`${rule.section.en} ${rule.id}`}>
              <strong>{pick(rule.name)}</strong> <span className="tag">{pick(rule.section)}</span>
              <br />
              <span className="faint">{rule.basis.map(pick).join('；')}</span>
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}
