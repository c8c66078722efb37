import type { Entry } from './entry.ts'

/** Of who edits the law as data: drafts of packs, their submission and approval. */
export const PACK_REFUSALS = {
  'draft-own': {
    status: 403,
    message: { zh: '起草人不能审批自己的草案', en: 'Who drafted a change may not approve it' },
    remedy: { zh: '请由另一名管理员审批或退回', en: 'Have another administrator approve or return it' },
  },
  'draft-not-possible': {
    status: 409,
    message: { zh: '草案当前不能办理这一步', en: 'The draft does not stand where this step can follow' },
    remedy: {
      zh: '请刷新页面，查看草案的最新状态；另有人可能先办理了一步',
      en: 'Load the page again; somebody may have taken a step just before',
    },
  },
  'draft-base-moved': {
    status: 409,
    message: {
      zh: '起草以后，另一份政策包已经载入或获批',
      en: 'Another pack was loaded or approved since this draft was checked',
    },
    remedy: {
      zh: '请查看新的对照，再由起草人重新提交',
      en: 'Read the comparison again; then its author submits it again',
    },
  },
  'draft-too-early': {
    status: 422,
    message: {
      zh: '生效日不能早于审批之日，也不能早于已获批的另一版本的生效日',
      en: 'It takes effect no earlier than its approval, and not before another approved version does',
    },
    remedy: { zh: '请另选生效日后重新提交', en: 'Choose a later day and submit it again' },
  },
  'draft-unsound': {
    status: 422,
    message: { zh: '草案未通过检查', en: 'The draft does not pass the check' },
    remedy: { zh: '请按检查结果所列文件和行改正', en: 'Correct it at the files and lines that the check names' },
  },
  'draft-same-version': {
    status: 422,
    message: { zh: '草案没有改变内容，或没有改变版本号', en: 'The draft changes nothing, or not its version' },
    remedy: {
      zh: '请在 pack.yaml 中写明新的版本号，使每次判断都能说明依据哪一版',
      en: 'Give it a new version in pack.yaml, so that every decision says which one judged',
    },
  },
  'draft-file-name': {
    status: 422,
    message: { zh: '文件名不合要求，或文件过多', en: 'The name of the file is not one, or there are too many files' },
    remedy: {
      zh: '请用小写字母、数字和连字符，以 .yaml 结尾；pack.yaml 不能删除',
      en: 'Use small letters, digits and hyphens, ending in .yaml; pack.yaml stays',
    },
  },
  'draft-layer': {
    status: 404,
    message: { zh: '本系统没有使用这一层政策包', en: 'No layer of this name is in use here' },
    remedy: { zh: '请从现行各层中选择', en: 'Choose one of the layers in force' },
  },
} satisfies Record<string, Entry>
