import '../../style/board.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../../api.ts'
import { daysBetween, formatDay, today } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Empty, Failure, Note, Skeleton } from '../../ui/note.tsx'
import { Candidates } from './candidates.tsx'
import { CaseFile } from './case-file.tsx'
import { Propose } from './propose.tsx'
import { Receive } from './receive.tsx'
import { useLists } from './use-lists.ts'

export type Line = Reply<'listingBoard'>['entries'][number]
/** Stages in their order, and the word of each. */
const STAGES = [
  ['examined', 'examined'],
  ['told', 'told'],
  ['heard', 'heard'],
  ['decidable', 'decidable'],
  ['in-force', 'inForce'],
] as const

/** Lists held against somebody, determined here or received: every case where it stands. */
export function ListsPage() {
  return <Board machines={['listing', 'received']} words="listBoard" />
}

/** Lists of good faith: nominated, checked by somebody else, publicised, entered, renewed. */
export function ExemplarsPage() {
  return <Board machines={['exemplar']} words="exemplarBoard" />
}

function Board({ machines, words }: { machines: readonly string[]; words: 'listBoard' | 'exemplarBoard' }) {
  const { t } = useWords()
  const { who } = useSession()
  const [opened, setOpened] = useState<string>()
  const [doing, setDoing] = useState<'propose' | 'receive' | 'candidates'>()
  const lists = useLists()
  const board = useQuery({
    queryKey: ['listings'],
    queryFn: ({ signal }) => call('listingBoard', {}, signal),
  })
  if (opened) return <CaseFile id={opened} onBack={() => setOpened(undefined)} back={t('listBoard.back')} />
  if (lists.isPending || board.isPending) return <Skeleton lines={8} />
  if (lists.isError) return <Failure error={lists.error} onRetry={() => void lists.refetch()} />
  if (board.isError) return <Failure error={board.error} onRetry={() => void board.refetch()} />
  const own = lists.data.lists.filter(({ machine }) => machines.includes(machine))
  const lines = board.data.entries.filter(({ machine }) => machines.includes(machine))
  const clerk = who.roles.includes('clerk')
  const proposable = own.filter(({ machine }) => machine !== 'received')
  const received = own.filter(({ machine }) => machine === 'received')
  const flagged = own.some(({ criteria }) => criteria.some((one) => one.flagged))
  if (own.length === 0 && lines.length === 0)
    return (
      <Empty icon="book" title={t(`${words}.none`)}>
        <p>{t(`${words}.noneText`)}</p>
      </Empty>
    )
  const done = () => setDoing(undefined)
  return (
    <div className="stack-l">
      {doing === undefined ? (
        <div className="row">
          {clerk && proposable.length > 0 ? (
            <button type="button" className="button" onClick={() => setDoing('propose')}>
              {t(`${words}.propose`)}
            </button>
          ) : null}
          {clerk && received.length > 0 ? (
            <button type="button" className="button second" onClick={() => setDoing('receive')}>
              {t('listBoard.receive')}
            </button>
          ) : null}
          {flagged ? (
            <button type="button" className="button second" onClick={() => setDoing('candidates')}>
              <Icon name="search" />
              {t('listBoard.candidates')}
            </button>
          ) : null}
        </div>
      ) : null}
      {doing === 'propose' ? <Propose lists={proposable} board={lines} onDone={done} onOpen={setOpened} /> : null}
      {doing === 'receive' ? <Receive lists={received} onDone={done} onOpen={setOpened} /> : null}
      {doing === 'candidates' ? <Candidates lists={own} onDone={done} /> : null}
      {machines.includes('listing') ? (
        <Note tone="calm" icon="info">
          <p>{t('listBoard.reminder')}</p>
        </Note>
      ) : null}
      <div className="board">
        {STAGES.map(([stage, word]) => (
          <Column
            key={stage}
            title={t(`${words}.stage.${word}`)}
            lines={lines.filter((line) => line.stage === stage)}
            onOpen={setOpened}
          />
        ))}
      </div>
      <details className="fold">
        <summary>
          {t(`${words}.ended`)} · {lines.filter(({ stage }) => stage === 'ended').length}
        </summary>
        <Cards lines={lines.filter(({ stage }) => stage === 'ended')} onOpen={setOpened} />
      </details>
    </div>
  )
}

function Column({ title, lines, onOpen }: { title: string; lines: Line[]; onOpen: (id: string) => void }) {
  return (
    <section className="board-column" aria-label={title}>
      <h2 className="board-head">
        {title} <span className="num">{lines.length}</span>
      </h2>
      <Cards lines={lines} onOpen={onOpen} />
    </section>
  )
}

function Cards({ lines, onOpen }: { lines: Line[]; onOpen: (id: string) => void }) {
  const { t } = useWords()
  if (lines.length === 0) return <p className="faint">{t('shared.none')}</p>
  return (
    <ul className="board-list">
      {lines.map((line) => (
        <li key={line.case}>
          <CaseCard line={line} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  )
}

/** A case on the board: which list, where it stands, the date that counts. Whose it is, is in the case. */
function CaseCard({ line, onOpen }: { line: Line; onOpen: (id: string) => void }) {
  const { t, pick, language } = useWords()
  return (
    <article className={`board-card ${line.overdue ? 'late' : ''}`}>
      <h3>{pick(line.list.name)}</h3>
      <p className="soft">{pick(line.state.name)}</p>
      <p className="faint num">
        {line.entry ? `${line.entry} · ` : ''}
        {t(`subject.${line.subject}`)}
      </p>
      <p className="row">
        {line.overdue && line.due ? (
          <span className="tag bad">{t('case.overdue', { day: formatDay(line.due, language) })}</span>
        ) : null}
        {!line.overdue && line.due && line.stage !== 'in-force' && line.stage !== 'ended' ? (
          <span className="tag">{t('case.dueOn', { day: formatDay(line.due, language) })}</span>
        ) : null}
        {line.stage === 'heard' && line.window ? (
          <span className="tag warn">
            {t(line.machine === 'exemplar' ? 'exemplarBoard.publicityLeft' : 'listBoard.windowLeft', {
              days: left(line.window),
            })}
          </span>
        ) : null}
        {line.stage === 'in-force' && line.until ? (
          <span className="tag">{t('listBoard.until', { day: formatDay(line.until, language) })}</span>
        ) : null}
        {line.hearing && line.stage !== 'in-force' && line.stage !== 'ended' ? (
          <span className="tag brand">{t('listBoard.hearing')}</span>
        ) : null}
        {line.mine ? <span className="tag">{t('listBoard.mine')}</span> : null}
      </p>
      <button type="button" className="button second" onClick={() => onOpen(line.case)}>
        {t('cases.openOne')}
        <span className="visually-hidden"> {pick(line.list.name)}</span>
      </button>
    </article>
  )
}

const left = (window: string): number => Math.max(0, daysBetween(today(), window) + 1)
