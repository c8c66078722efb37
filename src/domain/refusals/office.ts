import type { Entry } from './entry.ts'

/** Of what somebody asks to see or to do: purposes, matters, consents, second persons. */
export const OFFICE_REFUSALS = {
  'unknown-item': {
    status: 404,
    message: { zh: '目录中没有此事项', en: 'The catalogue has no such item' },
    remedy: { zh: '请从目录中选择事项代码', en: 'Choose an item code from the catalogue' },
  },
  'pack-unusable': {
    status: 404,
    message: { zh: '没有此政策包，或未通过检查', en: 'There is no such pack, or it does not pass its check' },
    remedy: { zh: '请先运行 xinheng pack check', en: 'Run xinheng pack check first' },
  },
  'unknown-unit': {
    status: 404,
    message: { zh: '没有此单位', en: 'There is no such unit' },
    remedy: { zh: '请从单位名录中选择单位代码', en: 'Choose a unit code from the list of units' },
  },
  'unit-abolished': {
    status: 409,
    message: { zh: '此单位已经撤销', en: 'This unit no longer exists' },
    remedy: {
      zh: '请选择它的后继单位（见政策包的单位名录）',
      en: 'Choose its successor: see the list of units of the pack',
    },
  },
  'unknown-purpose': {
    status: 404,
    message: { zh: '没有此查询用途', en: 'There is no such purpose' },
    remedy: { zh: '请从查询用途目录中选择', en: 'Choose a purpose from the list' },
  },
  'purpose-not-for-unit': {
    status: 403,
    message: { zh: '本单位不得以此用途查询', en: 'This unit may not look up for this purpose' },
    remedy: { zh: '请核对目录中的查询用途和单位', en: 'Check the purposes and units in the catalogue' },
  },
  'no-matter': {
    status: 422,
    message: { zh: '依职权查询须填写办理事项编号', en: 'A statutory look-up needs the number of the matter' },
    remedy: { zh: '请填写正在办理的事项编号', en: 'Give the number of the matter at hand' },
  },
  'no-consent': {
    status: 403,
    message: { zh: '没有本人现行有效的授权', en: 'There is no live consent of the person' },
    remedy: {
      zh: '请本人在“我的授权”中授权，或到服务窗口办理',
      en: 'Ask the person to give consent under “My consents” or at the counter',
    },
  },
  'withholding-not-allowed': {
    status: 422,
    message: {
      zh: '此用途不得暂缓告知本人，或期限不符',
      en: 'This purpose may not be withheld from the person, or not so long',
    },
    remedy: {
      zh: '请填写法定依据和不超过法定期限的截止日期',
      en: 'Give the statutory ground and an end date within its limit',
    },
  },
  'record-altered': {
    status: 500,
    message: { zh: '有记录未通过完整性核验，暂不展示', en: 'A record failed its integrity check and is not shown' },
    remedy: { zh: '请联系平台管理单位核查', en: 'Contact the operator of the platform' },
  },
  'consent-not-needed': {
    status: 422,
    message: {
      zh: '此用途依法定职责办理，不以授权为依据',
      en: 'This purpose rests on a statutory duty, not on consent',
    },
    remedy: { zh: '请选择需要本人授权的用途', en: 'Choose a purpose that needs consent' },
  },
  'consent-expired': {
    status: 422,
    message: { zh: '授权截止日期早于今天', en: 'The consent would end before today' },
    remedy: { zh: '请选择今天或以后的日期', en: 'Choose today or a later day' },
  },
  'consent-too-long': {
    status: 422,
    message: { zh: '授权期限超过此用途的上限', en: 'The consent would last longer than this purpose allows' },
    remedy: { zh: '请选择较早的截止日期', en: 'Choose an earlier end' },
  },
  'matter-exists': {
    status: 409,
    message: { zh: '此事项编号已登记', en: 'A matter of this number is registered already' },
    remedy: { zh: '请核对编号，或直接使用已登记的事项', en: 'Check the number, or use the registered matter' },
  },
  'natural-key-incomplete': {
    status: 422,
    message: {
      zh: '未填写确定一条记录所需的全部字段',
      en: 'Not all fields that tell one record from another were given',
    },
    remedy: { zh: '请按目录所列顺序填写', en: 'Give them in the order of the catalogue' },
  },
  'own-submission': {
    status: 403,
    message: { zh: '报送人不能复核自己的文件', en: 'Who sent a file may not approve it' },
    remedy: { zh: '请由本单位另一人复核', en: 'Have another person of the unit review it' },
  },
  'held-rejected': {
    status: 409,
    message: { zh: '此文件已被复核人退回', en: 'This file was rejected by the second person' },
    remedy: { zh: '请改正后作为新文件报送', en: 'Correct it and send it as a new file' },
  },
  'already-decided': {
    status: 409,
    message: { zh: '此文件已经复核', en: 'This file has been decided already' },
    remedy: { zh: '请刷新列表', en: 'Refresh the list' },
  },
} satisfies Record<string, Entry>
