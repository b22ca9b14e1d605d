import { openTeacher } from '../support/course.ts'
import { type House, openHouse } from '../support/house.ts'
import { logIn, type Shopper } from './client.ts'
import { fillCourses, fillOldCourses } from './courses.ts'
import { fillRefunds } from './refunds.ts'

/** ¥39.00 goes back by itself, more is for the shop to decide. */
const AUTO_APPROVE_FEN = '3900'
/** Longer than a gallery takes to make. */
const NEVER = 100_000

/** What is sold; hard: the longest name that the table takes, the smallest price, and a large one. */
const shelves = {
  hard: `update goods set
    name = case id when 'towel' then left(repeat('超大号加厚速干吸汗抗菌运动健身游泳瑜伽冷感毛巾礼盒装', 3), 60) else name || '（周一至周五早间闲时专享，含更衣柜、淋浴和停车）' end,
    price_fen = case id when 'towel' then 9999999 when 'trial-pass' then 1 else price_fen end`,
  withdrawn: `update goods set on_sale = false where id = 'towel'`,
  usual: `update goods set name = usual.name, price_fen = usual.price_fen, on_sale = true from usual_goods usual where usual.id = goods.id`,
} as const

export type Shop = Awaited<ReturnType<typeof openShop>>

/** The real server and the real simulator, with a shopper who has ordered everything, and one who takes courses. */
export async function openShop() {
  const house = await openHouse({ env: { REFUND_AUTO_APPROVE_FEN: AUTO_APPROVE_FEN } })
  const serverUrl = house.servers[0]?.url ?? ''
  const { now } = await house.simulated.call<{ now: string }>('GET', '/clock')
  const shopper = () => logIn(house.simulated, serverUrl)
  await house.pool.query('create table usual_goods as select id, name, price_fen from goods')
  const regular = await shopper()
  const pupil = { house, shopper: await shopper(), teacher: await openTeacher(house) }
  const oldCourses = await fillOldCourses(pupil)
  const refunds = await fillRefunds({ house, shopper: regular, serverUrl })
  const open = await fillOrders(house, regular)
  const courses = { ...oldCourses, ...(await fillCourses(pupil)) }
  return {
    house,
    serverUrl,
    startMs: Date.parse(now),
    shopper,
    regular,
    open,
    refunds,
    pupil: pupil.shopper,
    courses,
    setGoods: (kind: keyof typeof shelves) => house.pool.query(shelves[kind]),
    async close() {
      await house.close()
    },
  }
}

/** Orders of today: one in each state of a payment. */
async function fillOrders({ simulated }: House, shopper: Shopper) {
  const paid = await shopper.paid(
    ['badminton-court', 2],
    ['coach-lesson', 1],
    ['shuttlecocks', 1],
    ['racket', 1],
    ['towel', 3],
  )
  const closed = await shopper.begin(['table-tennis', 1])
  await shopper.cancel(closed.id)
  await shopper.reaches(closed.id, 'closed')
  const closing = await shopper.begin(['month-card', 1])
  const confirming = await shopper.begin(['badminton-court', 1])
  const payable = await shopper.begin(['swim-pass', 2])
  await simulated.faults(
    { kind: 'error-before-effect', match: { outTradeNo: closing.outTradeNo }, count: NEVER },
    { kind: 'error-before-effect', match: { outTradeNo: confirming.outTradeNo }, count: NEVER },
  )
  await shopper.cancel(closing.id)
  return { closing, confirming, payable, closed, paid }
}
