import { EXIT, findText, type Command } from '../command.ts'
import { prepare, withInstallation } from '../installation.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: { zh: '把数据库更新到本版本，并装入政策包', en: 'Bring the database to this version and load a pack' },
  options: {
    pack: { type: 'string', value: 'PACK', help: { zh: '政策包（默认 demo）', en: 'the pack (default: demo)' } },
  },
  example: 'xinheng migrate --pack tianjin',
  run: ({ io, ...args }) =>
    withInstallation(io, async (installation) => {
      const { applied } = await prepare(installation, findText({ io, ...args }, 'pack') ?? 'demo')
      io.out(applied.length === 0 ? '已是最新 · Up to date\n' : `已更新 · Applied: ${applied.join(', ')}\n`)
      return EXIT.ok
    }),
}
