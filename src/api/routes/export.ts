import type { Route } from '#contract/route.ts'
import { ROUTES, type RouteName } from '#contract/routes.ts'
import * as figures from '#contract/tables-figures.ts'
import * as measureTables from '#contract/tables-measure.ts'
import * as tables from '#contract/tables.ts'
import * as supervision from '#contract/tables-supervision.ts'
import { viewRows, type DataTable, type TableLanguage, type TableView } from '#domain/data-table.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { toCsv } from '#domain/table-file.ts'
import { listExports, recordExport } from '#operations/export.ts'
import { dayOf, nameOfPurpose, type System } from '#operations/system.ts'
import type { Call, Handler, Handlers, Reply } from '../handler.ts'
import { accountRoutes } from './account.ts'
import { caseRoutes } from './case.ts'
import { dashboardRoutes } from './dashboard.ts'
import { listingRoutes } from './listing.ts'
import { lookUpRoutes } from './look-up.ts'
import { noticeRoutes } from './notice.ts'
import { publicDeskRoutes } from './public-desk.ts'
import { readPlan } from '#operations/supervision/plan.ts'
import { supervisionRoutes } from './supervision.ts'
import { recallRoutes } from './recall.ts'
import { reviewRoutes } from './review.ts'
import { submissionRoutes } from './submissions.ts'
import { workRoutes } from './work.ts'

type Input = { query?: Record<string, unknown>; params?: Record<string, unknown>; body?: Record<string, unknown> }
type Of = { call: Call<'exportTable'>; input: Input; view: TableView; language: TableLanguage }
type Source = { name: Text; make: (of: Of) => Promise<{ file: string; rows: number } | Refusal> }

/** More pages than these are no export of a desk but a copy of the database. */
const MOST_PAGES = 200

/**
 * A table that can be exported: read by the handler of its own route, so that whoever may not see it on the screen cannot
 * have it as a file either, and a look-up behind it stays a look-up with its purpose, ground and row in the log (B12, G4).
 */
function source<name extends RouteName, row>(of: {
  route: name
  read: Handler<name>
  table: DataTable<row>
  rows: (reply: Reply<name>, system: System, session: Call<'exportTable'>['session']) => row[]
  /** of a route that answers by pages: what to ask next */
  next?: (reply: Reply<name>, input: Input) => Input | undefined
}): Source {
  const route: Route = ROUTES[of.route]
  return {
    name: of.table.name,
    async make({ call, input, view, language }) {
      const { roles } = call.session
      if (!route.gate && typeof route.roles !== 'string' && !route.roles.some((role) => roles.includes(role)))
        return refuse('not-allowed')
      const all: row[] = []
      let asked: Input | undefined = input
      for (let page = 0; asked !== undefined && page < MOST_PAGES; page += 1) {
        const parts = { query: { ...asked.query }, params: { ...asked.params }, body: { ...asked.body } }
        for (const part of ['query', 'params', 'body'] as const) {
          const schema = route[part]
          const given = Object.keys(parts[part]).length > 0
          if (schema ? !call.request.validateInput(parts[part], schema) : given)
            return refuse('bad-request', { field: 'input' })
        }
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked just now by the schemas of the route
        const answer = await of.read({ ...call, ...parts } as unknown as Call<name>)
        if (isRefusal(answer)) return answer
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tables are of routes that answer with a value
        const reply = answer as Reply<name>
        all.push(...of.rows(reply, call.system, call.session))
        asked = of.next?.(reply, asked)
      }
      const rows = viewRows(of.table, all, view, language)
      return { file: toCsv(of.table, rows, language), rows: rows.length }
    },
  }
}

const itemName = (system: System, id: string): Text =>
  system.reference.pack.items.findLast((item) => item.id === id)?.name ?? { zh: id, en: id }

/** A field by its id; the same id names the same field in every item that has it. */
const fieldName = (system: System, id: string): Text | undefined =>
  system.reference.pack.items.flatMap(({ fields }) => fields).find((field) => field.id === id)?.name

const exportsRoute: Handler<'exports'> = async ({ system, session, query }) => {
  const listed = await listExports(system, { actor: session.account, limit: query.limit ?? 200 })
  return {
    exports: listed.map((one) => ({ ...one, name: SOURCES[one.table]?.name ?? { zh: one.table, en: one.table } })),
  }
}

const figuresOf = <row>(table: DataTable<row>, rows: (reply: Reply<'dashboard'>) => row[]): [string, Source] => [
  table.id,
  source({ route: 'dashboard', read: dashboardRoutes.dashboard, table, rows }),
]

/** Every table that leaves the desk as a file, one entry each. */
const SOURCES: Readonly<Record<string, Source>> = {
  ...Object.fromEntries([
    figuresOf(figures.SERIES_TABLES.items, ({ items }) => items),
    figuresOf(figures.SERIES_TABLES.classes, ({ classes }) => classes),
    figuresOf(figures.SERIES_TABLES.months, ({ months }) =>
      months.map(({ month, count }) => ({ name: { zh: month, en: month }, count })),
    ),
    figuresOf(figures.SERIES_TABLES.recalls, ({ recalls }) => recalls),
    figuresOf(figures.SERIES_TABLES.measures, ({ measures }) => measures),
    figuresOf(figures.UNIT_FIGURES_TABLE, ({ units }) => units),
    figuresOf(figures.CASE_FIGURES_TABLE, ({ cases }) => cases),
  ]),
  work: source({ route: 'work', read: workRoutes.work, table: tables.WORK_TABLE, rows: ({ lines }) => lines }),
  cases: source({
    route: 'caseQueue',
    read: caseRoutes.caseQueue,
    table: tables.CASES_TABLE,
    rows: ({ cases }) => cases,
  }),
  letters: source({
    route: 'letters',
    read: noticeRoutes.letters,
    table: tables.LETTERS_TABLE,
    rows: ({ letters }) => letters,
  }),
  'served-letters': source({
    route: 'letters',
    read: noticeRoutes.letters,
    table: tables.SERVED_LETTERS_TABLE,
    rows: ({ served }) => served,
  }),
  submissions: source({
    route: 'submissions',
    read: submissionRoutes.submissions,
    table: tables.SUBMISSIONS_TABLE,
    rows: ({ submissions }, system) => submissions.map((one) => ({ ...one, itemName: itemName(system, one.item) })),
    next: ({ submissions }, { query }) => {
      const before = submissions.at(-1)?.submission
      return submissions.length < Number(query?.['limit'] ?? 50) || typeof before !== 'number'
        ? undefined
        : { query: { ...query, before } }
    },
  }),
  problems: source({
    route: 'submissionProblems',
    read: submissionRoutes.submissionProblems,
    table: tables.PROBLEMS_TABLE,
    rows: ({ problems }, system) => problems.map((one) => ({ ...one, fieldName: fieldName(system, one.field) })),
    next: ({ problems }, input) => {
      const after = problems.at(-1)?.row
      return problems.length < Number(input.query?.['limit'] ?? 50) || after === undefined
        ? undefined
        : { ...input, query: { ...input.query, after } }
    },
  }),
  quality: source({
    route: 'quality',
    read: submissionRoutes.quality,
    table: tables.QUALITY_TABLE,
    rows: ({ units }) => units,
  }),
  matters: source({
    route: 'matters',
    read: lookUpRoutes.matters,
    table: tables.MATTERS_TABLE,
    rows: ({ matters }, system) =>
      matters.map((one) => ({
        ...one,
        purposeName: nameOfPurpose(system, system.reference.purposeNum.get(one.purpose) ?? 0).name,
      })),
  }),
  publicity: source({
    route: 'publicity',
    read: publicDeskRoutes.publicity,
    table: tables.PUBLICITY_TABLE,
    rows: ({ units }) => units,
  }),
  'publicity-late': source({
    route: 'publicity',
    read: publicDeskRoutes.publicity,
    table: tables.PUBLICITY_LATE_TABLE,
    rows: ({ late }) => late,
  }),
  archive: source({
    route: 'lookUp',
    read: lookUpRoutes.lookUp,
    table: tables.ARCHIVE_TABLE,
    rows: tables.archiveRows,
  }),
  measures: source({
    route: 'measures',
    read: listingRoutes.measures,
    table: measureTables.MEASURES_TABLE,
    rows: (reply) => reply.measures,
  }),
  'measure-rates': source({
    route: 'measures',
    read: listingRoutes.measures,
    table: measureTables.RATES_TABLE,
    rows: ({ units }) => units,
  }),
  accounts: source({
    route: 'accounts',
    read: accountRoutes.accounts,
    table: tables.ACCOUNTS_TABLE,
    rows: ({ accounts }) => accounts,
  }),
  tasks: source({
    route: 'tasks',
    read: supervisionRoutes.tasks,
    table: supervision.TASKS_TABLE,
    rows: supervision.taskRows,
  }),
  scores: source({
    route: 'supervisionArea',
    read: supervisionRoutes.supervisionArea,
    table: supervision.SCORES_TABLE,
    rows: ({ scores }) => scores,
  }),
  indicators: source({
    route: 'supervisionArea',
    read: supervisionRoutes.supervisionArea,
    table: supervision.INDICATORS_TABLE,
    rows: ({ entries }, system, session) => supervision.indicatorRows(entries, readPlan(system, session)),
  }),
  funds: source({
    route: 'supervisionArea',
    read: supervisionRoutes.supervisionArea,
    table: supervision.FUNDS_TABLE,
    rows: ({ money }, system) => supervision.moneyRows(money, readPlan(system, {})),
  }),
  training: source({
    route: 'supervisionArea',
    read: supervisionRoutes.supervisionArea,
    table: supervision.TRAINING_TABLE,
    rows: ({ trained }, system) => supervision.trainedRows(trained, readPlan(system, {})),
  }),
  recalls: source({
    route: 'recalls',
    read: recallRoutes.recalls,
    table: tables.RECALLS_TABLE,
    rows: ({ recalls }) => recalls,
  }),
  'recalls-overdue': source({
    route: 'overdueRecalls',
    read: recallRoutes.overdueRecalls,
    table: tables.OVERDUE_RECALLS_TABLE,
    rows: ({ recalls }) => recalls,
  }),
  unusual: source({
    route: 'unusual',
    read: reviewRoutes.unusual,
    table: tables.UNUSUAL_TABLE,
    rows: ({ flags }) => flags,
  }),
  exports: source({
    route: 'exports',
    read: exportsRoute,
    table: tables.EXPORTS_TABLE,
    rows: (reply) => reply.exports,
  }),
}

export const exportRoutes: Handlers<'exportTable' | 'exports'> = {
  async exportTable(call) {
    const { table, language, input = {}, view = {} } = call.body
    const of = Object.hasOwn(SOURCES, table) ? SOURCES[table] : undefined
    if (!of) return refuse('not-found', { field: 'table' })
    const made = await of.make({ call, input, view, language })
    if (isRefusal(made)) return made
    const { system, session, reply } = call
    const recorded = await recordExport(system, { actor: session.account, table, rows: made.rows, file: made.file })
    if (isRefusal(recorded)) return recorded
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${table}-${dayOf(system.now().toString())}.csv"`)
      .header('x-export', `${recorded.num} ${made.rows}`)
      .send(Buffer.from(made.file))
  },
  exports: exportsRoute,
}
