import { expect, test } from 'vitest'
import { describeOrder } from './description.ts'

const characters = (text: string) => [...text].length

test('one thing reads as shop and name', () => {
  expect(describeOrder('收银体育馆', [{ name: '硅胶泳帽', quantity: 1 }])).toBe('收银体育馆-硅胶泳帽')
})

test('several of one thing show how many', () => {
  expect(describeOrder('收银体育馆', [{ name: '单次游泳票', quantity: 3 }])).toBe('收银体育馆-单次游泳票 ×3')
})

test('several things show the first and the number of pieces', () => {
  const items = [
    { name: '全碳素羽毛球拍', quantity: 1 },
    { name: '速干运动毛巾', quantity: 2 },
  ]
  expect(describeOrder('收银体育馆', items)).toBe('收银体育馆-全碳素羽毛球拍等 3 件')
})

test('the longest names stay within 127 characters and keep the number of pieces', () => {
  const items = Array.from({ length: 50 }, () => ({ name: '专业级比赛用超长名称羽毛球'.repeat(20), quantity: 99 }))
  const description = describeOrder('收银体育馆'.repeat(30), items)
  expect(characters(description)).toBe(127)
  expect(description).toMatch(/^收银体育馆.+…-专业级.+…等 4950 件$/)
})

test('characters are counted, not UTF-16 units', () => {
  const description = describeOrder('𠮷野馆', [{ name: '𠮷'.repeat(200), quantity: 1 }])
  expect(characters(description)).toBe(127)
  expect(description).not.toMatch(/\p{Surrogate}/u)
})

test('emoji and line breaks do not reach the bill', () => {
  const description = describeOrder('🏸 晨光\n运动馆', [{ name: '毛巾👍🏽 👨‍👩‍👧 2️⃣ 条 🇨🇳', quantity: 1 }])
  expect(description).toBe('晨光 运动馆-毛巾 2 条')
})

test('whole numbers, Latin letters and signs of a name stay', () => {
  expect(describeOrder('Court #1', [{ name: '4U 球拍 27℃ 40 × 80', quantity: 1 }])).toBe('Court #1-4U 球拍 27℃ 40 × 80')
})
