import {
  inEffect,
  scoreOf,
  type SupervisionContent,
  type SupervisionEntry,
  type SupervisionKind,
} from './supervision.ts'

/** What the rows of supervision add up to: chains of what was asked and answered, scores, money, training (R50, R53–R55). Pure. */

const ASKED: readonly SupervisionKind[] = ['decision', 'accountability']

export type ChainState = 'open' | 'answered' | 'closed'
/** Something a unit was asked to do by a meeting or after an inspection, and what became of it. */
export type Duty = {
  entry: SupervisionEntry
  state: ChainState
  due: string | undefined
  late: boolean
  answers: SupervisionEntry[]
  closing: SupervisionEntry | undefined
}

const byDay = (a: SupervisionEntry, b: SupervisionEntry): number =>
  a.day === b.day ? a.num - b.num : a.day < b.day ? -1 : 1

/**
 * Decisions and accountability as they stand on a day: answered once the unit says it is done, closed once the office
 * says so after that; late when the day it was due by has passed with neither. Oldest first.
 */
export function foldDuties(entries: readonly SupervisionEntry[], today: string): Duty[] {
  const current = inEffect(entries).toSorted(byDay)
  return current
    .filter(({ kind }) => ASKED.includes(kind))
    .map((entry) => {
      const after = current.filter(({ follows }) => follows === entry.num)
      const answers = after.filter(({ kind }) => kind === 'follow-up')
      const closing = after.findLast(({ kind }) => kind === 'closing')
      const state = closing ? 'closed' : answers.at(-1)?.content.state === 'done' ? 'answered' : 'open'
      const { due } = entry.content
      return { entry, state, due, late: state === 'open' && due !== undefined && due < today, answers, closing }
    })
}

/** The year a row is of: as it says, else that of its day. */
export const yearOf = ({ day, content }: { day: string; content: SupervisionContent }): number =>
  content.year ?? Number(day.slice(0, 4))

export type Scored = {
  num: number
  unit: string
  year: number
  about: string
  by: 'inspection' | 'third-party'
  points: number
  of: number
  /** points of a hundred, two decimals */
  score: number
  duties: { open: number; answered: number; closed: number }
}

/** Every evaluation in force with its total, and how what was asked after it stands. Newest year first, then by unit. */
export function foldScores(entries: readonly SupervisionEntry[], today: string): Scored[] {
  const duties = foldDuties(entries, today)
  const sum = (list: readonly number[]) => Math.round(list.reduce((total, one) => total + one, 0) * 100) / 100
  return inEffect(entries)
    .filter(({ kind }) => kind === 'evaluation')
    .map((entry) => {
      const { scores = [], by = 'inspection' } = entry.content
      const own = duties.filter((duty) => duty.entry.follows === entry.num)
      const count = (state: ChainState) => own.filter((duty) => duty.state === state).length
      return {
        num: entry.num,
        unit: entry.unit,
        year: yearOf(entry),
        about: entry.about,
        by,
        points: sum(scores.map(({ points }) => points)),
        of: sum(scores.map(({ of }) => of)),
        score: scoreOf(scores),
        duties: { open: count('open'), answered: count('answered'), closed: count('closed') },
      }
    })
    .toSorted((a, b) => b.year - a.year || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : a.num - b.num))
}

export type Money = { about: string; task: string | undefined; year: number; allocated: number; spent: number }

/** Money by head of funding, task and year, in yuan and cents exactly. Newest year first. */
export function foldFunds(entries: readonly SupervisionEntry[]): Money[] {
  const sums = new Map<string, Money>()
  for (const entry of inEffect(entries).filter(({ kind }) => kind === 'fund')) {
    const { task, stage = 'allocated', amount = 0 } = entry.content
    const year = yearOf(entry)
    const key = JSON.stringify([entry.about, task, year])
    const sum = sums.get(key) ?? { about: entry.about, task, year, allocated: 0, spent: 0 }
    sums.set(key, { ...sum, [stage]: (Math.round(sum[stage] * 100) + Math.round(amount * 100)) / 100 })
  }
  return [...sums.values()].toSorted((a, b) => b.year - a.year || (a.about < b.about ? -1 : 1))
}

export type Trained = {
  about: string
  unit: string
  year: number
  sessions: number
  people: number
  hours: number
  /** of examinations alone */
  passed: number | undefined
}

/** Who completed what, in counts by programme (or campaign), unit and year: no names (G12). Newest year first. */
export function foldTraining(entries: readonly SupervisionEntry[]): Trained[] {
  const sums = new Map<string, Trained>()
  for (const entry of inEffect(entries).filter(({ kind }) => kind === 'training' || kind === 'activity')) {
    const { people = 0, hours = 0, passed } = entry.content
    const year = yearOf(entry)
    const key = JSON.stringify([entry.about, entry.unit, year])
    const sum = sums.get(key)
    sums.set(key, {
      about: entry.about,
      unit: entry.unit,
      year,
      sessions: (sum?.sessions ?? 0) + 1,
      people: (sum?.people ?? 0) + people,
      hours: (sum?.hours ?? 0) + hours,
      passed: passed === undefined ? sum?.passed : (sum?.passed ?? 0) + passed,
    })
  }
  return [...sums.values()].toSorted((a, b) => b.year - a.year || (a.about < b.about ? -1 : 1))
}
