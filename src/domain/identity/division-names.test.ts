import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameOfPlace, placeOf } from './division-names.ts'
import { DIVISIONS } from './divisions.ts'

test('every division lies in a place with a name: the smallest that has one; codes of nowhere are elsewhere', () => {
  for (const province of Object.keys(DIVISIONS)) {
    assert.match(placeOf(`${province}9999`), /^\d\d0000$/, province)
    assert.notEqual(nameOfPlace(placeOf(`${province}9999`)).en, 'Elsewhere')
  }
  const places = ['120115', '120221', '430102', '370202', '990103', '990199'].map(placeOf)
  assert.deepEqual(places, ['120115', '120000', '430100', '370202', '990103', '990000'])
  assert.deepEqual(nameOfPlace('120115'), { zh: '天津市宝坻区', en: 'Baodi, Tianjin' })
  for (const code of ['', '000000', 'abcdef']) assert.deepEqual(nameOfPlace(placeOf(code)).zh, '其他地区')
})
