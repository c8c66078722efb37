import type { Same } from './same.ts'
import type { siteZh } from './site.zh.ts'

export const siteEn: Same<typeof siteZh> = {
  site: {
    places: 'Place',
    placesAll: 'All',
    navLists: 'Lists',
    navCommitments: 'Commitments',
    listsTitle: 'Lists that the law publishes',
    listsText:
      'Only lists that a law, a regulation or a judicial interpretation publishes are here. Nobody is on one without notice, a hearing of their side and a determination; what was removed, has ended or was revoked is gone from midnight of that day.',
    listsPersonsText:
      'Lists of natural persons are shown only where their own basis says so: with names and numbers masked, without search, and closed to search engines.',
    listsOrganisations: 'Organisations',
    listsPersons: 'Natural persons (masked)',
    listDetermined: 'Determined here',
    listReceived: 'Determined by another authority, shown as its document says',
    listCount: 'In force: {{number}}',
    listEmpty: 'No entry is in force at present',
    listEmptyText: 'No entry is within its term. What was removed or has ended is not shown, and there is no history.',
    listWho: 'Who determines or sends it',
    listWhy: 'What leads to it',
    listBasis: 'Basis of the list',
    listBoth: 'Basis of the list and of its publication',
    listPublish: 'Basis of its publication',
    listTerm: 'Term',
    listTermText: '{{term}} at most, from the day of the determination',
    listOut: 'How an entry ends',
    listAbout: 'The rules of this list',
    entryNoEnd: 'as the document says',
    entryPublished: 'published {{day}}',
    entryMasked: 'Identity masked',
    maskedNote:
      'By law this page shows masked names and numbers only: no photograph, address or telephone. Nobody can be searched for here, and nobody may be identified by it. Whoever it concerns can object in “My credit”.',
    years: '{{number}} years',
    months: '{{number}} months',
    removal: {
      term: 'by itself at the end of its term',
      performance: 'when the duty is performed',
      repair: 'by credit repair',
      review: 'when review or a court annuls it',
      revocation: 'when the determination is revoked',
      source: 'when the authority that determined it says so',
      request: 'when the person asks',
    },
    kind: {
      serious: 'Serious-untrustworthy list',
      focus: 'Focus list',
      red: 'List of good faith',
      sector: 'List of an industry',
      exemplar: 'Exemplars',
    },
    commitmentsTitle: 'Commitments and their performance',
    commitmentsText:
      'What organisations have promised the offices they deal with, and whether they kept it. A promise that was not kept becomes an adverse record only by a determination under the law.',
    commitmentsNone: 'No commitment matches',
    commitmentOn: 'Date',
  },
}
