import type { boardZh } from './board.zh.ts'
import type { Same } from './same.ts'

export const boardEn: Same<typeof boardZh> = {
  work: {
    title: 'To do',
    intro: 'What waits for you: what is late comes first, then what is due today.',
    filter: 'Filter by urgency',
    all: 'All that waits',
    late: 'Late',
    today: 'Due today',
    empty: 'Nothing waits for you',
    emptyText: 'New work appears here.',
    more: '{{number}} more under {{area}}',
  },
  table: {
    find: 'Find in “{{table}}”',
    findHint: 'Find',
    all: '{{name}}: all',
    order: 'Order',
    orderNone: 'No order',
    up: '{{name}}, ascending',
    down: '{{name}}, descending',
    count: '{{shown}} of {{total}}',
    showing: '{{shown}} of {{total}} shown',
    more: 'Show more',
    none: 'No row fits',
    noneText: 'Try another word, or fewer conditions.',
    actions: 'Actions',
    pick: 'Select',
    pickAll: 'Select all',
    pickOne: 'Select {{name}}',
    export: 'Export',
    exporting: 'Exporting…',
    exportHint: 'As CSV, filtered and ordered as shown. Who exports, which table and how many rows is put on record.',
    exported: '{{rows}} rows exported, register number {{num}}',
  },
  exports: {
    title: 'Exports',
    intro: 'Who took which table, and how many rows. It is on record before the file is given, and cannot be changed.',
    empty: 'Nothing has been exported',
    emptyText: 'Whenever a table is exported, it is registered here first.',
  },
}
