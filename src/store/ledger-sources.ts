/** How a column is written in a leaf: in text that no session setting changes. */
const EXPRESSIONS = {
  plain: (column: string) => `t.${column}::text`,
  instant: (column: string) => `to_char(t.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  bytes: (column: string) => `encode(t.${column}, 'hex')`,
  whole: (column: string) => `encode(sha256(convert_to(t.${column}::text, 'UTF8')), 'hex')`,
  // the refused rows of a submission are as many as its file is long: one digest stands for them
  errors: () => `(select encode(sha256(convert_to(string_agg(concat_ws(E'\\x1f', e.row, e.field, e.code), E'\\x1e'
      order by e.row, e.field collate "C", e.code collate "C"), 'UTF8')), 'hex')
    from xinheng.submission_error e where e.submission = t.num)`,
} as const
type Written = keyof typeof EXPRESSIONS

export const expressionOf = (column: string, written: Written): string => EXPRESSIONS[written](column)

/**
 * What goes into the ledger, in the order of the tree within one batch. `from` yields rows with `num` (unique within the
 * source) and `at` (when the row came to be); `key` names the columns that salt the leaf; `number` is ledger_batch.source.
 * A later migration may add columns at the end: a null is left out of the leaf, so older leaves stay as they are.
 * What may lawfully change is a row of its own for each state: an account is opened, and closed.
 */
export const LEDGER_SOURCES = {
  submission: {
    number: 1,
    from: 'xinheng.submission',
    key: ['num'],
    columns: {
      num: 'plain',
      unit: 'plain',
      item: 'plain',
      pack: 'plain',
      actor: 'plain',
      reviewer: 'plain',
      at: 'instant',
      key: 'plain',
      digest: 'bytes',
      accepted: 'plain',
      read_rows: 'plain',
      new_rows: 'plain',
      version_rows: 'plain',
      duplicate_rows: 'plain',
      refused_rows: 'plain',
      late_rows: 'plain',
      wrong_code_rows: 'plain',
      cells: 'plain',
      filled_cells: 'plain',
      blocks: 'bytes',
      refusal: 'plain',
      errors: 'errors',
    },
  },
  action: {
    number: 2,
    from: 'xinheng.action',
    key: ['subject', 'num'],
    columns: {
      subject: 'plain',
      num: 'plain',
      nk: 'plain',
      at: 'instant',
      actor: 'plain',
      unit: 'plain',
      pack: 'plain',
      kind: 'plain',
      sealed: 'bytes',
      file: 'plain',
      step: 'plain',
      machine: 'plain',
      after: 'plain',
      owner: 'plain',
      target: 'plain',
      proposer: 'plain',
      day: 'plain',
      window_end: 'plain',
      due: 'plain',
      hides_from: 'plain',
      marked: 'plain',
    },
  },
  access: {
    number: 3,
    from: 'xinheng.access',
    key: ['subject', 'num', 'at'],
    columns: {
      subject: 'plain',
      num: 'plain',
      at: 'instant',
      actor: 'plain',
      unit: 'plain',
      purpose: 'plain',
      ground: 'plain',
      outcome: 'plain',
      shown: 'plain',
      matter: 'plain',
      items: 'bytes',
    },
  },
  consent: {
    number: 4,
    from: '(select c.*, c.given_at as at from xinheng.consent c)',
    key: ['subject', 'num'],
    columns: {
      subject: 'plain',
      num: 'plain',
      unit: 'plain',
      purpose: 'plain',
      given_at: 'instant',
      expires_at: 'instant',
      given_by: 'plain',
    },
  },
  consent_end: {
    number: 5,
    from: '(select e.subject, e.consent as num, e.at from xinheng.consent_end e)',
    key: ['subject', 'num'],
    columns: { subject: 'plain', num: 'plain', at: 'instant' },
  },
  account: {
    number: 6,
    // without its password and without its end, which comes as a row of its own
    from: '(select a.num, a.opened_at as at, a.name, a.display, a.unit, coalesce(a.opened_roles, a.roles) as roles, a.subject from xinheng.account a)',
    key: ['num'],
    columns: {
      num: 'plain',
      at: 'instant',
      name: 'plain',
      display: 'plain',
      unit: 'plain',
      roles: 'plain',
      subject: 'plain',
    },
  },
  account_end: {
    number: 7,
    from: '(select a.num, a.closed_at as at from xinheng.account a where a.closed_at is not null)',
    key: ['num'],
    columns: { num: 'plain', at: 'instant' },
  },
  pack_load: {
    number: 8,
    // the digest is of the pack as it reads: `xinheng verify` compares what stands there with it
    from: '(select l.num, l.at, l.pack, p.id, p.version, p.digest, l.effective, l.draft from xinheng.pack_load l join xinheng.pack p on p.num = l.pack)',
    key: ['num'],
    columns: {
      num: 'plain',
      at: 'instant',
      pack: 'plain',
      id: 'plain',
      version: 'plain',
      digest: 'bytes',
      effective: 'instant',
      draft: 'plain',
    },
  },
  pack_draft_step: {
    number: 20,
    from: '(select s.*, d.layer, d.title from xinheng.pack_draft_step s join xinheng.pack_draft d on d.num = s.draft)',
    key: ['draft', 'step'],
    columns: {
      num: 'plain',
      draft: 'plain',
      step: 'plain',
      kind: 'plain',
      actor: 'plain',
      author: 'plain',
      at: 'instant',
      day: 'plain',
      layer: 'plain',
      title: 'plain',
      // a layer's files are long: one digest stands for them
      files: 'whole',
      pack: 'plain',
      digest: 'bytes',
      effective: 'plain',
      base: 'plain',
      note: 'plain',
    },
  },
  account_change: {
    number: 31,
    from: 'xinheng.account_change',
    key: ['num'],
    columns: {
      num: 'plain',
      account: 'plain',
      at: 'instant',
      actor: 'plain',
      kind: 'plain',
      roles: 'plain',
      strong: 'plain',
      reason: 'plain',
      lost: 'plain',
    },
  },
  account_decision: {
    number: 32,
    from: 'xinheng.account_decision',
    key: ['num'],
    columns: {
      num: 'plain',
      change: 'plain',
      account: 'plain',
      at: 'instant',
      actor: 'plain',
      approved: 'plain',
      reason: 'plain',
    },
  },
  account_code_use: {
    number: 33,
    from: 'xinheng.account_code_use',
    key: ['num'],
    columns: { num: 'plain', at: 'instant' },
  },
  account_seen: {
    number: 35,
    from: '(select s.*, s.change as num from xinheng.account_seen s)',
    key: ['change'],
    columns: { change: 'plain', at: 'instant', actor: 'plain' },
  },
  access_review: {
    number: 34,
    from: 'xinheng.access_review',
    key: ['num'],
    columns: {
      num: 'plain',
      at: 'instant',
      actor: 'plain',
      flag: 'plain',
      account: 'plain',
      first: 'plain',
      count: 'plain',
      outcome: 'plain',
      reason: 'plain',
      incident: 'plain',
    },
  },
  // how service is proven: a letter's delivery, the inbox read, what a channel took and what it said later
  letter_result: {
    number: 40,
    from: '(select r.entry as num, r.num as nth, r.subject, r.letter, r.at, r.actor, r.day, r.how, r.receipt, r.ok from xinheng.letter_result r)',
    key: ['subject', 'letter', 'nth'],
    columns: {
      subject: 'plain',
      letter: 'plain',
      nth: 'plain',
      at: 'instant',
      actor: 'plain',
      day: 'plain',
      how: 'plain',
      receipt: 'plain',
      ok: 'plain',
    },
  },
  notice_opened: {
    number: 41,
    from: 'xinheng.notice_opened',
    key: ['subject', 'num'],
    columns: { subject: 'plain', num: 'plain', at: 'instant', actor: 'plain' },
  },
  notice_result: {
    number: 42,
    from: '(select r.*, r.entry as num from xinheng.notice_result r)',
    key: ['subject', 'notice', 'channel', 'try'],
    columns: {
      subject: 'plain',
      notice: 'plain',
      channel: 'plain',
      try: 'plain',
      at: 'instant',
      ok: 'plain',
      by: 'plain',
      reference: 'plain',
      accepted: 'plain',
      final: 'plain',
    },
  },
  notice_receipt: {
    number: 43,
    from: '(select r.*, r.entry as num from xinheng.notice_receipt r)',
    key: ['subject', 'notice', 'channel', 'try'],
    columns: {
      subject: 'plain',
      notice: 'plain',
      channel: 'plain',
      try: 'plain',
      at: 'instant',
      delivered: 'plain',
      reference: 'plain',
    },
  },
  supervision: {
    number: 50,
    from: 'xinheng.supervision',
    key: ['num'],
    columns: {
      num: 'plain',
      kind: 'plain',
      about: 'plain',
      unit: 'plain',
      day: 'plain',
      actor: 'plain',
      at: 'instant',
      replaces: 'plain',
      follows: 'plain',
      content: 'whole',
    },
  },
  bulletin: {
    number: 51,
    from: 'xinheng.bulletin',
    key: ['num'],
    columns: {
      num: 'plain',
      at: 'instant',
      author: 'plain',
      from_day: 'plain',
      until_day: 'plain',
      note: 'whole',
      // of the figures, computed by the database from them
      digest: 'bytes',
      place: 'plain',
    },
  },
  bulletin_step: {
    number: 52,
    from: '(select s.*, s.bulletin as num from xinheng.bulletin_step s)',
    key: ['num'],
    columns: { num: 'plain', kind: 'plain', at: 'instant', author: 'plain', actor: 'plain', reason: 'whole' },
  },
  export: {
    number: 30,
    from: 'xinheng.export',
    key: ['num'],
    columns: {
      num: 'plain',
      at: 'instant',
      actor: 'plain',
      unit: 'plain',
      name: 'plain',
      rows: 'plain',
      digest: 'bytes',
    },
  },
  campaign_act: {
    number: 81,
    from: `(select a.*, c.problem, c.pack, c.unit, c.since, c.scope,
      (select encode(sha256(convert_to(string_agg(d.subject::text, ',' order by d.subject), 'UTF8')), 'hex')
        from xinheng.campaign_drawn d where d.campaign = a.campaign and d.act = a.step) as drawn
      from xinheng.campaign_act a join xinheng.campaign c on c.num = a.campaign)`,
    key: ['num'],
    columns: {
      num: 'plain',
      campaign: 'plain',
      step: 'plain',
      after: 'plain',
      kind: 'plain',
      at: 'instant',
      actor: 'plain',
      until: 'plain',
      reason: 'plain',
      digest: 'bytes',
      problem: 'plain',
      pack: 'plain',
      unit: 'plain',
      since: 'plain',
      scope: 'plain',
      drawn: 'plain',
    },
  },
} as const satisfies Record<
  string,
  { number: number; from: string; key: readonly string[]; columns: Record<string, Written> }
>

export type Source = keyof typeof LEDGER_SOURCES

const isSource = (name: string): name is Source => Object.hasOwn(LEDGER_SOURCES, name)
export const SOURCES: readonly Source[] = Object.keys(LEDGER_SOURCES).filter(isSource)

type Counts = Record<Source, number>
const isOfAll = (counts: Partial<Counts>): counts is Counts => SOURCES.every((name) => counts[name] !== undefined)

/** A count of each source, to be added to. */
export function noRows(): Counts {
  const counts: Partial<Counts> = Object.fromEntries(SOURCES.map((name) => [name, 0]))
  if (!isOfAll(counts)) throw new Error('a source that is not counted')
  return counts
}

/** What one proves to whom it concerns: there is a function `own_…` for each. */
export const PROVABLE = ['submission', 'action', 'access'] as const satisfies readonly Source[]
export type Provable = (typeof PROVABLE)[number]
