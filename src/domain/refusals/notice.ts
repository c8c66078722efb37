import type { Entry } from './entry.ts'

/** Of telling people: where notices go, letters and their delivery. */
export const NOTICE_REFUSALS = {
  'contact-unreadable': {
    status: 422,
    message: { zh: '手机号码、邮箱或者地址的格式有误', en: 'This is no telephone number, e-mail or postal address' },
    remedy: {
      zh: '手机号码为11位；邮箱如 name@example.com；通信地址至少6个字',
      en: 'A mobile number has 11 digits; an e-mail looks like name@example.com; an address has at least 6 characters',
    },
  },
  'letter-day': {
    status: 422,
    message: {
      zh: '送达日期早于通知或者晚于今天',
      en: 'The day of service is before the notice, or still to come',
    },
    remedy: { zh: '请按送达回证上的日期填写', en: 'Give the day on the proof of service' },
  },
  'letter-done': {
    status: 409,
    message: { zh: '这封通知书已登记送达', en: 'The delivery of this letter is recorded already' },
    remedy: { zh: '无需再登记', en: 'Nothing more need be recorded' },
  },
} satisfies Record<string, Entry>
