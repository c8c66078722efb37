import type { dataZh } from './data.zh.ts'
import type { Same } from './same.ts'

export const dataEn: Same<typeof dataZh> = {
  data: {
    title: 'My data',
    intro: 'Save everything that is here about you as a file, to keep or to take elsewhere.',
    logged: 'Making the file is a look-up too, and stands under “Who looked”. It is kept on this device only.',
    html: 'To read',
    htmlText: 'One page that opens by itself, to read and to print.',
    saveHtml: 'Save to read',
    json: 'For programs',
    jsonText: 'A structured file (JSON) for other programs; its shape is in the description of the API.',
    saveJson: 'Save as data',
    saved: 'Saved on this device',
    savedText: 'Records: {{records}}; look-ups: {{looks}}; cases: {{cases}}.',
    keep: 'The file holds your personal information: keep it safe, and do not save it on a shared computer. Five files an hour at most.',
    state: 'State',
    until: 'Until',
    purpose: 'Purpose',
    saw: 'What was seen',
  },
}
