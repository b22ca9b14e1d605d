import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDb, type TestDb } from '../../testing/database.ts'
import { getGoods } from './get.ts'
import { listGoods } from './list.ts'
import { mountPictures } from './pictures.ts'

const MAX_PICTURE_BYTES = 10 * 1024
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
}, 120_000)
afterAll(() => testDb?.close())

const ctx = () => ({ db: testDb.db, config: { notifyBaseUrl: new URL('https://shop.example') } })

const app = new Hono()
mountPictures(app)

test('a fresh database has a small catalogue of gear and services', async () => {
  const { goods } = await listGoods(ctx())
  expect(goods).toHaveLength(10)
  expect(new Set(goods.map((one) => one.kind))).toEqual(new Set(['goods', 'service']))
  expect(Math.min(...goods.map((one) => one.priceFen))).toBe(1)
  expect(goods[0]).toEqual({
    id: 'trial-pass',
    name: '新客体验券',
    description: '首次到馆体验一小时，任选一片闲时羽毛球场。',
    kind: 'service',
    priceFen: 1,
    imageUrl: 'https://shop.example/images/goods/trial-pass.png',
  })
})

test('everything on sale has a picture that loads fast and may be cached', async () => {
  const { goods } = await listGoods(ctx())
  for (const { imageUrl } of goods) {
    const response = await app.request(new URL(imageUrl).pathname)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(response.headers.get('Content-Type')).toBe('image/png')
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=86400')
    expect(bytes.subarray(0, 4)).toEqual(PNG)
    expect(bytes.length).toBeLessThan(MAX_PICTURE_BYTES)
  }
})

test('what stands in the order of a lesson is nowhere for sale, and has a picture', async () => {
  const { goods } = await listGoods(ctx())
  expect(goods.map(({ id }) => id)).not.toContain('lesson')
  await expect(getGoods(ctx(), { id: 'lesson' })).rejects.toMatchObject({ code: 'GOODS_NOT_FOUND' })
  expect((await app.request('/images/goods/lesson.png')).status).toBe(200)
})

test.each(['draw.ts', 'nothing.png', '..%2Fview.ts', '..%2F..%2Ftable.png', '%2e%2e/pictures/towel.png'])(
  'no other file is served: %s',
  async (file) => {
    expect((await app.request(`/images/goods/${file}`)).status).toBe(404)
  },
)

test('one thing is found by its id, and nothing else', async () => {
  expect(await getGoods(ctx(), { id: 'towel' })).toMatchObject({ name: '速干运动毛巾', priceFen: 3900 })
  await expect(getGoods(ctx(), { id: 'Towel' })).rejects.toMatchObject({ code: 'GOODS_NOT_FOUND' })
})

test('the committed pictures are what the script draws', async () => {
  const { drawPictures } = await import('./pictures/draw.ts')
  for (const [id, png] of drawPictures()) {
    expect(png.equals(await readFile(new URL(`./pictures/${id}.png`, import.meta.url))), id).toBe(true)
  }
})
