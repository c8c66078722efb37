import type { handbookZh } from './handbook.zh.ts'
import type { Same } from './same.ts'

export const handbookEn: Same<typeof handbookZh> = {
  handbook: {
    title: 'Handbooks of the rules',
    intro:
      'Every rule this platform judges by: what it says, its basis and when it is in force. What is marked unverified was not read in full.',
    listIntro: 'One for each layer; a lower one may only add and narrow.',
    library: 'The rules themselves: handbooks, rule by rule, to read and to print',
    of: 'Handbook: {{name}}',
    version: 'Version {{version}} ({{layers}})',
    contents: 'Contents',
    entries: '{{count}} rules',
    unverified: 'unverified',
    unverifiedCount: '{{count}} of them unverified',
    valid: 'from {{from}}',
    validUntil: '{{from}} to before {{until}}',
    basis: 'Basis',
    print: 'This page prints as it is.',
    open: 'Open the handbook',
  },
}
