import type { Entry } from './entry.ts'

/** Of an application for repair; the day from which it is possible is said in place of the general words where there is one. */
export const REPAIR_REFUSALS = {
  'repair-too-early': {
    status: 409,
    message: { zh: '未满最短公示期，暂不能申请修复', en: 'The shortest time of display has not passed yet' },
    remedy: {
      zh: '请先纠正并履行全部义务，期满后再申请；对信息本身有异议的，可随时提出异议',
      en: 'Correct and perform every duty meanwhile and apply from that day; where the information is wrong, object at any time',
    },
  },
  'repair-irreparable': {
    status: 409,
    message: { zh: '依照规定，此类信息不予修复', en: 'By law, information of this kind is not repaired' },
    remedy: {
      zh: '期满自动停止展示和使用；对信息本身有异议的，可提出异议',
      en: 'At the end of its term it stops by itself; where the information is wrong, object',
    },
  },
  'repair-not-needed': {
    status: 409,
    message: { zh: '此信息无需申请修复', en: 'This information needs no repair' },
    remedy: {
      zh: '守信信息、状态信息和已不再展示的信息不涉及修复',
      en: 'Repair is for adverse information that is still shown',
    },
  },
} as const satisfies Record<string, Entry>
