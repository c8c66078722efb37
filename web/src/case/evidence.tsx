import '../style/case.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addressOf, call, type Reply } from '../api.ts'
import { formatBytes, formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Select } from '../ui/field.tsx'
import { FileField } from '../ui/file-field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Failure, Skeleton } from '../ui/note.tsx'
import { ACCEPT, sendFile, type About } from './send-file.ts'

type File_ = Reply<'myEvidence'>['evidence'][number]
const ABOUT = ['performance', 'commitment', 'report', 'notice', 'other'] as const satisfies readonly About[]
const OWN: readonly About[] = ['performance', 'commitment', 'report', 'other']

/** Routes of the two sides of a case. */
const SIDES = {
  person: { list: 'myEvidence', file: 'myEvidenceFile', put: 'putMyEvidence', about: OWN },
  desk: { list: 'caseEvidence', file: 'caseEvidenceFile', put: 'putEvidence', about: ABOUT },
} as const
type Side = keyof typeof SIDES

/** The papers of a case, and a place to add more while it is open. Reading them is a look-up that is logged. */
export function Evidence({ id, side, open }: { id: string; side: Side; open: boolean }) {
  const { t } = useWords()
  const { list } = SIDES[side]
  const papers = useQuery({
    queryKey: ['evidence', id],
    queryFn: ({ signal }) => call(list, { params: { case: id } }, signal),
    staleTime: Infinity,
    refetchOnReconnect: false,
  })
  if (papers.isPending) return <Skeleton lines={2} />
  if (papers.isError) return <Failure error={papers.error} onRetry={() => void papers.refetch()} />
  return (
    <div className="stack">
      {papers.data.evidence.length === 0 ? (
        <p className="soft">{t('paper.none')}</p>
      ) : (
        <ul className="papers">
          {papers.data.evidence.map((file) => (
            <li key={file.evidence}>
              <OnePaper id={id} side={side} file={file} />
            </li>
          ))}
        </ul>
      )}
      {open ? <AddPaper id={id} side={side} /> : null}
    </div>
  )
}

function OnePaper({ id, side, file }: { id: string; side: Side; file: File_ }) {
  const { t, language } = useWords()
  return (
    <>
      <Icon name="file" />
      <span>
        <a href={addressOf(SIDES[side].file, { params: { case: id, evidence: file.evidence } })} download>
          {t(`paper.about.${file.about}`)}
        </a>
        <span className="faint num">
          {' '}
          {t(`paper.by.${file.by}`)} · {formatInstant(file.at, language)} · {formatBytes(file.size)}
        </span>
      </span>
    </>
  )
}

function AddPaper({ id, side }: { id: string; side: Side }) {
  const { t } = useWords()
  const client = useQueryClient()
  const [about, setAbout] = useState<About>('other')
  const [files, setFiles] = useState<File[]>([])
  const send = useMutation({
    mutationFn: async () => {
      for (const file of files) await sendFile(SIDES[side].put, id, { about, file })
    },
    onSuccess: () => setFiles([]),
    onSettled: () => void client.invalidateQueries({ queryKey: ['evidence', id] }),
  })
  return (
    <form
      className="stack form-width no-print"
      onSubmit={(event) => {
        event.preventDefault()
        if (files.length > 0) send.mutate()
      }}
    >
      <FileField label={t('paper.add')} hint={t('paper.hint')} accept={ACCEPT} files={files} onFiles={setFiles} />
      {files.length > 0 ? (
        <>
          <Select
            label={t('paper.what')}
            value={about}
            onChange={(event) => setAbout(SIDES[side].about.find((one) => one === event.target.value) ?? 'other')}
          >
            {SIDES[side].about.map((one) => (
              <option key={one} value={one}>
                {t(`paper.about.${one}`)}
              </option>
            ))}
          </Select>
          <div>
            <button type="submit" className="button second" disabled={send.isPending}>
              {t(send.isPending ? 'paper.sending' : 'paper.send')}
            </button>
          </div>
        </>
      ) : null}
      {send.isError ? <Failure error={send.error} alert /> : null}
    </form>
  )
}
