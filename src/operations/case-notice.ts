import { markOf } from '#domain/pack-words.ts'
import type { Dates } from '#domain/case.ts'
import { dayEn, dayZh } from '#domain/day-words.ts'
import type { Text } from '#domain/refusal.ts'
import type { Machine, Step, StepContent } from '#domain/step.ts'

/**
 * What the person is told of a step, made from its rule: what happened, who, when, what is due, how to contest it. Nothing
 * of the reasons or the record stands in it: those are read in the case, behind the sign-in.
 */
export function noticeOf(of: {
  machine: Machine
  step: Step
  owner: Text
  day: string
  dates: Dates
  content: StepContent
}): { title: Text; text: Text } {
  const { machine, step, owner, day, dates, content } = of
  const zh = [`${dayZh(day)}，${owner.zh}：${step.name.zh}。`]
  const en = [`${dayEn(day)}, ${owner.en}: ${step.name.en}.`]
  if (dates.window) {
    zh.push(`您可以在${dayZh(dates.window)}（含当日）前陈述、申辩。`)
    en.push(`You may state your case and defend yourself until ${dayEn(dates.window)} inclusive.`)
  }
  if (step.due && dates.due) {
    const mark = markOf([dates.clock ?? {}])
    zh.push(`下一步应当在${dayZh(dates.due)}前办结${mark.zh}。`)
    en.push(`The next step is due by ${dayEn(dates.due)}${mark.en}.`)
  }
  if (step.due && !dates.due) {
    zh.push('期限涉及的年度尚无官方工作日安排，届时公布。')
    en.push('The due date is not known yet: there is no official calendar for that year.')
  }
  if (dates.hides) {
    zh.push(`逾期不答复的，自${dayZh(dates.hides)}起暂停展示和使用。`)
    en.push(`Without an answer, display and use stop on ${dayEn(dates.hides)}.`)
  }
  for (const remedy of content.remedies ?? []) {
    const { name, until } = remedy
    const mark = markOf([remedy])
    zh.push(`不服的，可以${name.zh}${until ? `，截止${dayZh(until)}` : ''}${mark.zh}。`)
    en.push(`You may contest it: ${name.en}${until ? `, until ${dayEn(until)}` : ''}${mark.en}.`)
  }
  zh.push('理由和材料请在“我的案件”中查看。')
  en.push('Reasons and papers are under “My cases”.')
  return {
    title: { zh: `${machine.name.zh}：${step.name.zh}`, en: `${machine.name.en}: ${step.name.en}` },
    text: { zh: zh.join(''), en: en.join(' ') },
  }
}
