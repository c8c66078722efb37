import type { Text } from '../refusal.ts'
import type { Machine, Step } from '../step.ts'

/** What differs between administrative review and lawsuit: the body, and what the steps are called. */
type Names = {
  id: string
  name: Text
  role: 'review-body' | 'court'
  lodged: Text
  accepted: Text
  annulled: Text
  changed: Text
  upheld: Text
  dismissed: Text
  /** terms of the pack for going on from the decision, and from a dismissal */
  onward: readonly string[]
  onwardDismissed: readonly string[]
}

/**
 * A remedy outside the platform, recorded with its effect on the record: annulled is refuted, changed is corrected, upheld
 * stays. The body records its own word; whoever lodged it elsewhere, the unit notes it with the document.
 */
function remedyOf({ id, name, role, ...names }: Names): Machine {
  const open = ['lodge', 'appeal', 'note', 'accept']
  const start = { after: ['start'], marked: true, single: true, notice: true } as const
  const end = {
    after: open,
    by: 'unit',
    roles: [role],
    notice: true,
    remedy: names.onward,
  } as const satisfies Partial<Step>
  return {
    id,
    name,
    steps: [
      {
        ...start,
        kind: 'lodge',
        name: names.lodged,
        by: 'person',
        ofRecord: true,
        needs: ['statement'],
        may: ['document', 'facts'],
      },
      { ...start, kind: 'appeal', name: names.lodged, by: 'person', needs: ['statement'], may: ['document', 'facts'] },
      {
        ...start,
        kind: 'note',
        name: names.accepted,
        by: 'owner',
        roles: ['clerk', 'reviewer'],
        ofRecord: true,
        needs: ['document', 'day'],
      },
      {
        after: ['lodge', 'appeal', 'note'],
        kind: 'accept',
        name: names.accepted,
        by: 'unit',
        roles: [role],
        marked: true,
        needs: ['document'],
        notice: true,
      },
      {
        after: open,
        kind: 'retract',
        name: { zh: '本人撤回申请', en: 'Withdrawn by the person' },
        by: 'person',
      },
      {
        ...end,
        kind: 'annul',
        name: names.annulled,
        needs: ['document', 'reason'],
        hiding: 'now',
        ends: 'refuted',
      },
      { ...end, kind: 'change', name: names.changed, needs: ['document', 'reason', 'fields'] },
      { ...end, kind: 'uphold', name: names.upheld, needs: ['document', 'reason'] },
      {
        ...end,
        kind: 'dismiss',
        name: names.dismissed,
        needs: ['document', 'reason'],
        remedy: names.onwardDismissed,
      },
    ],
  }
}

/** Administrative review (行政复议法). */
export const REVIEW = remedyOf({
  id: 'review',
  name: { zh: '行政复议', en: 'Administrative review' },
  role: 'review-body',
  lodged: { zh: '已申请行政复议', en: 'Administrative review applied for' },
  accepted: { zh: '复议机关已受理', en: 'Accepted by the review body' },
  annulled: { zh: '复议决定撤销', en: 'Annulled on review' },
  changed: { zh: '复议决定变更', en: 'Changed on review' },
  upheld: { zh: '复议决定维持', en: 'Upheld on review' },
  dismissed: { zh: '复议申请驳回', en: 'Application for review dismissed' },
  onward: ['review-lawsuit'],
  onwardDismissed: ['review-lawsuit'],
})

/** Lawsuit (行政诉讼法). */
export const LAWSUIT = remedyOf({
  id: 'lawsuit',
  name: { zh: '行政诉讼', en: 'Lawsuit' },
  role: 'court',
  lodged: { zh: '已提起行政诉讼', en: 'Lawsuit brought' },
  accepted: { zh: '法院已立案', en: 'Accepted by the court' },
  annulled: { zh: '判决撤销', en: 'Annulled by judgment' },
  changed: { zh: '判决变更', en: 'Changed by judgment' },
  upheld: { zh: '判决驳回诉讼请求，决定有效', en: 'Claim dismissed, the decision stands' },
  dismissed: { zh: '裁定驳回起诉', en: 'Action inadmissible' },
  onward: ['lawsuit-appeal'],
  onwardDismissed: ['lawsuit-appeal-ruling'],
})
