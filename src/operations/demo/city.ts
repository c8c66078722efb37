import { basename } from 'node:path'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { uuidOf } from '#store/cipher.ts'
import type { Queryable } from '#store/db.ts'
import { lookUpArchive } from '../archive.ts'
import { giveConsent } from '../consent.ts'
import { openMatter } from '../matter.ts'
import { createAccount, listAccounts, type AccountRequest } from '../accounts.ts'
import { readPieces } from '../intake/pieces.ts'
import { submit } from '../intake/submit.ts'
import { today, type System } from '../system.ts'
import { writeDemoFiles, type DemoFile } from './files.ts'
import { raiseDemoObjections } from './objections.ts'
import { DEMO_PEOPLE } from './people.ts'
import { beginDemoProcesses } from './process.ts'

/** The password of every demo account. It exists only where the pack is the demo's. */
export const DEMO_PASSWORD = 'demo'

type Demo = { name: string; zh: string; en: string } & ({ unit: string; roles: string[] } | { number: string })

/** Fictional people of the offices: Chinese and English names by turns. */
const STAFF = [
  ['赵敏', 'Zhao Min'],
  ['钱立', 'Qian Li'],
  ['孙晴', 'Sun Qing'],
  ['周正', 'Zhou Zheng'],
  ['吴桐', 'Wu Tong'],
  ['郑安', 'Zheng An'],
  ['冯远', 'Feng Yuan'],
  ['褚宁', 'Chu Ning'],
  ['卫诚', 'Wei Cheng'],
  ['蒋书', 'Jiang Shu'],
  ['沈和', 'Shen He'],
  ['韩雪', 'Han Xue'],
  ['杨帆', 'Yang Fan'],
] as const
const staff = (turn: number, zh: string, en: string) => {
  const [name, english] = STAFF[turn % STAFF.length] ?? STAFF[0]
  return { zh: `${name}（${zh}）`, en: `${english} (${en})` }
}

const SENDERS = ['market', 'court', 'approval', 'hr', 'tax', 'youth', 'transport', 'housing', 'health']
const LOOKERS = [...SENDERS, 'development', 'finance', 'justice', 'bank']

/** Who can sign in to the demo city: for every unit a clerk, a second person and an officer; those who oversee; three persons. */
export const DEMO_ACCOUNTS: readonly Demo[] = [
  ...SENDERS.flatMap((unit, turn): Demo[] => [
    { name: `${unit}-clerk`, unit: `demo-${unit}`, roles: ['clerk'], ...staff(turn, '报送员', 'clerk') },
    { name: `${unit}-reviewer`, unit: `demo-${unit}`, roles: ['reviewer'], ...staff(turn + 4, '复核员', 'reviewer') },
  ]),
  ...LOOKERS.map((unit, turn): Demo => ({
    name: `${unit}-officer`,
    unit: `demo-${unit}`,
    roles: ['officer'],
    ...staff(turn + 8, '经办人', 'officer'),
  })),
  { name: 'emergency-clerk', unit: 'demo-emergency', roles: ['clerk'], ...staff(5, '经办人', 'clerk') },
  { name: 'emergency-reviewer', unit: 'demo-emergency', roles: ['reviewer'], ...staff(11, '审核员', 'reviewer') },
  { name: 'development-clerk', unit: 'demo-development', roles: ['clerk'], ...staff(2, '编辑', 'editor') },
  { name: 'development-reviewer', unit: 'demo-development', roles: ['reviewer'], ...staff(7, '审核员', 'reviewer') },
  { name: 'counter', unit: 'demo-approval', roles: ['counter'], zh: '窗口人员', en: 'Counter clerk' },
  { name: 'auditor', unit: 'demo-development', roles: ['auditor'], zh: '审计员', en: 'Auditor' },
  { name: 'admin', unit: 'demo-development', roles: ['admin'], zh: '管理员', en: 'Administrator' },
  { name: 'admin-2', unit: 'demo-development', roles: ['admin'], zh: '第二管理员', en: 'Second administrator' },
  { name: 'review-body', unit: 'demo-justice', roles: ['review-body'], zh: '复议机关', en: 'Review body' },
  { name: 'court', unit: 'demo-court', roles: ['court'], zh: '法官', en: 'Judge' },
  { name: 'wang', number: DEMO_PEOPLE.wang.number, zh: DEMO_PEOPLE.wang.name, en: 'Wang Xiaoheng' },
  { name: 'li', number: DEMO_PEOPLE.li.number, zh: DEMO_PEOPLE.li.name, en: 'Li Mingxin' },
  { name: 'chen', number: DEMO_PEOPLE.chen.number, zh: DEMO_PEOPLE.chen.name, en: 'Chen Yu' },
]

/** Opens the demo accounts that are missing. Refuses on any other pack: their password is public. */
export async function openDemoAccounts(system: System, owner: Queryable): Promise<Refusal | undefined> {
  if (system.reference.pack.id !== 'demo') return refuse('not-allowed')
  const known = new Set((await listAccounts(system, owner)).map(({ name }) => name))
  const missing = DEMO_ACCOUNTS.filter(({ name }) => !known.has(name))
  const made = await Promise.all(
    missing.map(({ name, zh, en, ...of }) => {
      const whose: AccountRequest = {
        name,
        display: { zh, en },
        password: DEMO_PASSWORD,
        ...('unit' in of ? { unit: of.unit, roles: of.roles } : { kind: 'citizen', number: of.number }),
      }
      return createAccount(system, { actor: null, db: owner }, whose)
    }),
  )
  return made.find(isRefusal)
}

export type DemoIntake = { file: DemoFile; name: string; status: string; rows: number; refused: number }

/**
 * Writes the files of the demo city's departments and takes them in by the ordinary intake, as their clerks. Done
 * before, or half-way when the power went: what is in stays as it is.
 */
export async function takeInDemoCity(
  system: System,
  owner: Queryable,
  folder: string,
  onFile: (done: DemoIntake) => void = () => undefined,
): Promise<DemoIntake[]> {
  const files = await writeDemoFiles(folder, { today: today(system) })
  const clerks = new Map((await listAccounts(system, owner)).map(({ name, num }) => [name, num]))
  const done: DemoIntake[] = []
  for (const file of files) {
    const name = basename(file.path)
    const actor = clerks.get(`${file.unit.replace('demo-', '')}-clerk`)
    if (actor === undefined) throw new Error(`no demo clerk for ${file.unit}`)
    const outcome = await submit(system, {
      item: file.item,
      unit: file.unit,
      actor,
      key: `demo:${name}`,
      fileName: name,
      source: readPieces(file.path),
    })
    const receipt = isRefusal(outcome) ? outcome.receipt : outcome
    const status = isRefusal(outcome) ? outcome.code : outcome.status
    const one = { file, name, status, rows: receipt?.rows ?? 0, refused: receipt?.refused ?? 0 }
    done.push(one)
    onFile(one)
  }
  return done
}

/**
 * A day in the demo city, so that its people find something under "who looked at me": a matter of the approval bureau,
 * a consent to the bank and its look-up, a look-up that was refused for want of one, two objections, and what
 * due process has under way.
 */
export async function liveADay(system: System, owner: Queryable): Promise<void> {
  const accounts = new Map((await listAccounts(system, owner)).map((account) => [account.name, account.num]))
  const { wang } = DEMO_PEOPLE
  const subject = uuidOf(system.subjectKey('citizen', wang.number))
  const officer = (unit: string) => ({ actor: accounts.get(`${unit}-officer`) ?? 0, unit: `demo-${unit}` })
  const matter = { purpose: 'approval', number: '审2026-0101', title: '食品经营许可' }
  await openMatter(system, { ...officer('approval'), ...matter })
  await lookUpArchive(system, {
    ...officer('approval'),
    number: wang.number,
    purpose: 'approval',
    matter: matter.number,
  })
  await lookUpArchive(system, { ...officer('bank'), number: wang.number, purpose: 'lending' })
  const expires = Temporal.PlainDate.from(today(system)).add({ days: 14 }).toString()
  await giveConsent(system, { subject, unit: 'demo-bank', purpose: 'lending', expires })
  await lookUpArchive(system, { ...officer('bank'), number: wang.number, purpose: 'lending' })
  await raiseDemoObjections(system, owner)
  await beginDemoProcesses(system, owner)
}
