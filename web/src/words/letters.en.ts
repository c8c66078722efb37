import type { lettersZh } from './letters.zh.ts'
import type { Same } from './same.ts'

export const lettersEn: Same<typeof lettersZh> = {
  letters: {
    title: 'Letters to deliver',
    intro:
      'Who has no account, asked for paper, could not be reached or has not read it in time gets a letter from the unit that answers for it; its delivery is recorded.',
    told: 'Opening or printing a letter is a look-up that the person sees under “Who looked at me”, also after it was delivered.',
    waiting: 'To print and deliver',
    oldest: 'These are the oldest {{number}}.',
    none: 'No letter waits',
    noneText: 'Notices that have to be served on paper will stand here.',
    served: 'Served within a year',
    open: 'Open',
    back: 'Back to the letters',
    letter: 'The letter',
    noAddress: 'The person left no postal address',
    print: 'Save and print',
    done: 'It is served; nothing more need be recorded.',
    opened: 'Opened {{count}} times',
    openedText: 'Every opening and printing is here, and in the person’s own log.',
    result: 'Result',
    delivered: 'Delivered',
    cameBack: 'Came back, not delivered',
    how: 'How it was served',
    way: { post: 'By post', handed: 'Handed over', left: 'Left before witnesses', public: 'By public notice' },
    day: 'Day of service',
    receipt: 'Number of the receipt, or who signed',
    receiptHint: 'The number of the mail; if handed over, who signed for it.',
    record: 'Record',
  },
}
