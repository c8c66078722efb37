import { Type } from 'typebox'
import { Day, Words } from './shapes.ts'

/** The bulletin's figures as they are answered, and as they are kept once it is issued. */

const Named = Type.Object({ id: Type.String(), name: Words })
const Count = Type.Integer({ minimum: 0 })
const Share = Type.Number({ minimum: 0 })
const MaybeShare = Type.Optional(Share)
const caseSums = { opened: Count, closed: Count, inTime: Count, late: Count, silent: Count }
const taskSums = { done: Count, underWay: Count, blocked: Count, notBegun: Count, late: Count }

export const BulletinShape = Type.Object({
  place: Type.Optional(Named),
  day: Day,
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  units: Type.Array(
    Type.Object({
      unit: Named,
      submissions: Count,
      rows: Count,
      accepted: Count,
      accuracy: MaybeShare,
      completeness: MaybeShare,
      timeliness: MaybeShare,
      wrongCodes: MaybeShare,
      cases: Type.Object(caseSums),
      termsKept: MaybeShare,
      tasks: Type.Object(taskSums),
    }),
  ),
  quality: Type.Array(
    Type.Object({
      unit: Named,
      submissions: Count,
      rows: Count,
      accepted: Count,
      refusedRate: Share,
      wrongCodeRate: Share,
      duplicateRate: Share,
      completeness: Share,
      lateRate: Type.Union([Share, Type.Null()]),
    }),
  ),
  cases: Type.Array(Type.Object({ unit: Named, machine: Words, ...caseSums })),
  coverage: Type.Array(
    Type.Object({
      group: Named,
      people: Type.Optional(
        Type.Integer({
          minimum: 0,
          description: 'with a file; absent where the catalogue does not tell the group apart',
        }),
      ),
      register: Type.Optional(Count),
      registerDay: Type.Optional(Day),
      share: MaybeShare,
      units: Type.Array(Type.String(), { description: 'units that report about the group' }),
    }),
  ),
  codes: Type.Object({
    rows: Type.Integer({ minimum: 0, description: 'rows about organisations that were sent' }),
    wrong: Count,
    wrongRate: MaybeShare,
    organisations: Count,
    doubled: Type.Integer({ minimum: 0, description: 'organisations whose name stands under another code too' }),
    doubledRate: MaybeShare,
    target: Share,
  }),
  tasks: Type.Array(Type.Object({ unit: Named, ...taskSums })),
  indicators: Type.Array(
    Type.Object({ indicator: Named, target: Words, value: Type.Optional(Type.String()), day: Type.Optional(Day) }),
  ),
})

export const IssuedShape = Type.Object({
  num: Type.Integer(),
  at: Type.String(),
  from: Day,
  until: Day,
  note: Type.String(),
  digest: Type.String({ description: 'SHA-256 of the figures as they are kept' }),
  author: Words,
  mine: Type.Boolean(),
  state: Type.Enum(['draft', 'publish', 'reject']),
  decidedAt: Type.Optional(Type.String()),
  reason: Type.String(),
  number: Type.Optional(Type.Integer({ description: 'which one of its year and place, once issued' })),
  place: Type.Optional(Named),
})
