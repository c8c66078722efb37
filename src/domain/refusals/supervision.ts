import type { Entry } from './entry.ts'

/** Of supervision: scoring sheets, links, bulletins. */
export const SUPERVISION_REFUSALS = {
  'sheet-lines': {
    status: 422,
    message: { zh: '打分与打分表不符', en: 'The scores are not those of the sheet' },
    remedy: {
      zh: '请逐项打分，每项不低于0分、不高于该项满分',
      en: 'Score every line of the sheet, from 0 up to what the line can bring',
    },
  },
  'link-not-secure': {
    status: 422,
    message: { zh: '网址须以 https:// 开头', en: 'An address begins with https://' },
    remedy: { zh: '请填写完整网址，或只填写文号', en: 'Give the whole address, or the number of the document alone' },
  },
  'due-before': {
    status: 422,
    message: { zh: '期限早于日期', en: 'It would be due before it was said' },
    remedy: { zh: '请更正期限', en: 'Correct the day it is due by' },
  },
  'office-only': {
    status: 403,
    message: { zh: '此事由平台管理单位办理', en: 'This is for the office of the platform' },
    remedy: { zh: '请把意见或者数据交平台管理单位', en: 'Give what you have to say to the office of the platform' },
  },
  'own-bulletin': {
    status: 403,
    message: { zh: '编制人不能签发自己编制的通报', en: 'Who prepared a bulletin may not issue it' },
    remedy: { zh: '请由另一人审核签发', en: 'Have another person of the office decide' },
  },
  'bulletin-decided': {
    status: 409,
    message: { zh: '这一期通报已经签发或者退回', en: 'This bulletin has been issued or rejected already' },
    remedy: { zh: '请刷新页面；需要更正的，编制新的一期', en: 'Load the page again; to correct it, prepare a new one' },
  },
  'bulletin-period': {
    status: 422,
    message: { zh: '通报的起止日期有误', en: 'The dates of the bulletin are not right' },
    remedy: { zh: '起日不晚于止日，止日不晚于今天', en: 'From a day to a later one, up to today' },
  },
} as const satisfies Record<string, Entry>
