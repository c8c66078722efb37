import { makeCitizenNumber, syntheticOrganisation, syntheticPerson } from '#domain/identity/synthetic.ts'
import { openChance } from './chance.ts'

/** Someone of the demo city, invented. */
export type DemoPerson = { name: string; number: string }
export type DemoOrganisation = { name: string; code: string }

/** What the demo city is made from, unless told. */
export const DEMO_SEED = 1

/** Districts of the fictional city; only the demo pack admits them. */
export const DEMO_DIVISIONS = ['990101', '990102', '990103', '990104'] as const

const fixed = (name: string, division: string, birth: string, sequence: number): DemoPerson => ({
  name,
  number: makeCitizenNumber({ division, birth, sequence }),
})

/** The three who sign in, the same for every seed: a good record with one fine, a court debtor, a young volunteer. */
export const DEMO_PEOPLE = {
  wang: fixed('王小衡', '990101', '1988-06-15', 101),
  li: fixed('李明信', '990102', '1979-03-21', 215),
  chen: fixed('陈雨', '990103', '1995-11-08', 326),
} as const satisfies Record<string, DemoPerson>

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂华玉兰红建文斌宇浩欣怡轩梓涵思佳宁晨曦志国庆安康嘉瑞']

/** Everybody of the demo city: the three first. Born 1958 to 1997, so that nobody was a minor in any record. */
export function demoPeople(seed: number): DemoPerson[] {
  const chance = openChance(seed, 'people')
  const population = { seed, divisions: DEMO_DIVISIONS, bornFrom: '1958-01-01', bornTo: '1997-12-31' }
  const people: DemoPerson[] = Object.values(DEMO_PEOPLE)
  const taken = new Set(people.map((person) => person.number))
  for (let index = 0; people.length < 300; index++) {
    const { number } = syntheticPerson(population, index)
    const name = chance.pick(SURNAMES) + chance.pick(GIVEN) + (chance.number(4) === 0 ? '' : chance.pick(GIVEN))
    if (!taken.has(number)) people.push({ name, number })
    taken.add(number)
  }
  return people
}

const WORDS = ['信达', '恒通', '平川', '望衡', '安居', '明德', '新港', '文昌', '东湖', '长宁']
const TRADES = ['建筑工程', '物流', '餐饮管理', '科技', '医药', '物业服务', '商贸', '运输', '检测技术', '文化传播']

/** The firms of the demo city. */
export function demoOrganisations(seed: number): DemoOrganisation[] {
  return Array.from({ length: 40 }, (_, index) => ({
    name: `衡州${WORDS[index % 10]}${TRADES[(index * 3 + Math.trunc(index / 10)) % 10]}有限公司`,
    code: syntheticOrganisation({ seed, divisions: DEMO_DIVISIONS }, index),
  }))
}
