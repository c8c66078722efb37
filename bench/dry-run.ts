import type { Database } from './city.ts'
import type { Measured } from './table.ts'

const REPETITIONS = 5

/**
 * The dry run of a rule over everybody against one sequential scan of their records, both by the same server: the rule
 * looks back some days less than another, so that about one in a hundred loses the flag and is counted.
 */
export async function measureDryRun(database: Database, log: (line: string) => void): Promise<Measured> {
  const { owner } = database
  const admin = await owner.query<{ num: number }>(
    `insert into xinheng.account (name, display, unit, roles, password)
     select 'bench-admin', '{"zh":"-","en":"-"}', num, '{admin}', '' from xinheng.unit order by num limit 1 returning num`,
  )
  const { rows } = await owner.query<{ items: number[]; first: string; last: string; subjects: number }>(
    `select array_agg(distinct item) items, min(decided)::text first, max(decided)::text last, count(*)::integer subjects
     from xinheng.record`,
  )
  const [of] = rows
  if (!of) throw new Error('no records')
  const since = Temporal.PlainDate.from(of.first)
  const days = since.until(of.last, { largestUnit: 'days' }).days
  const later = since.add({ days: Math.max(1, Math.round(days / 100)) }).toString()
  const time = async (text: string, values: unknown[] = []): Promise<number> => {
    const start = performance.now()
    await owner.query(text, values)
    return performance.now() - start
  }
  const scans: number[] = []
  const runs: number[] = []
  for (let at = 0; at < REPETITIONS; at += 1) {
    scans.push(await time('select count(*), sum(octet_length(body)), max(decided) from xinheng.record'))
    runs.push(
      await time(
        'select count(*) from xinheng.simulate_flag($1::integer, true, $2::smallint[], $3::date, 1, $2::smallint[], $4::date, 1)',
        [admin.rows[0]?.num, of.items, of.first, later],
      ),
    )
  }
  const ratios = runs.map((run, at) => run / (scans[at] ?? run)).toSorted((a, b) => a - b)
  const middle = ratios[Math.floor(REPETITIONS / 2)] ?? Number.NaN
  log(
    `dry-run: ${of.subjects} subjects, scan ${Math.min(...scans).toFixed(0)} ms, rule ${Math.min(...runs).toFixed(0)} ms at best of ${REPETITIONS}`,
  )
  return { id: 'dry-run', value: middle, noise: [ratios[0] ?? middle, ratios.at(-1) ?? middle] }
}
