import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { CARD_APPID, TestCards } from '../testing/discount-card.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { resourcesOf, startReceiver } from '../testing/receiver.ts'

const BACK = { errMsg: null, page: null, referrerInfo: { appId: CARD_APPID } }
const NOT_OPEN = '未能领取先享卡，先享卡未开放领取，敬请关注'

let simulator: RunningSimulator
let merchant: TestMerchant
let cards: TestCards

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  cards = await TestCards.of(merchant)
})

const says = (value: unknown) => ({
  errMsg: null,
  referrerInfo: null,
  page: { rows: [{ label: '提示', value }], actions: [] },
})
const labelled = ({ page }: { page: { rows: { label: string; value: string }[] } }) =>
  Object.fromEntries(page.rows.map(({ label, value }) => [label, value]))
const stateOf = async (code: string) => (await merchant.control('GET', `/discount-card/cards/${code}`)).json
const takePath = (token: string) => `/pages/get-card/get-card?prepare_card_token=${encodeURIComponent(token)}`

describe('领卡页', () => {
  test('says what is promised, until when, what for, and what breaking it costs, before anything is taken', async () => {
    const { code, token } = await cards.prepared()
    const opened = await cards.visit(takePath(token), 'open')
    expect(opened).toMatchObject({ errMsg: null, referrerInfo: null, page: { title: '先享卡·领取' } })
    expect(opened.page.actions).toEqual([{ action: 'take', label: '同意并领取' }])
    expect(labelled(opened)).toEqual({
      先享卡: '一周三次八折卡',
      商户: merchant.info.merchantName,
      '目标 一周购买三次商品': '3次（特价商品）',
      '奖励 八折优惠': '最高优惠¥30.00，不限次数',
      有效期: '领取后7天',
      领取费用: '领取时不扣款，到期前完成全部目标也不扣款',
      未完成约定: '到期未完成全部目标，或提前退出，微信将扣回已享受的优惠，最高¥30.00',
    })
    expect((await stateOf(code)).state).toBe('PREPARED')
  })

  test('prints a limit of rewards, and a period of odd length', async () => {
    const odd = await TestCards.of(merchant, {
      rewards: [{ name: '立减', unit: '次', amountFen: 100, countType: 'COUNT_LIMIT', count: 2 }],
      durationDays: undefined,
      durationSeconds: 86_400 + 3600 + 90,
    })
    const { token } = await odd.prepared()
    expect(labelled(await odd.visit(takePath(token), 'open'))).toMatchObject({
      '奖励 立减': '最高优惠¥1.00，最多2次',
      有效期: '领取后1天1小时1分钟30秒',
    })
  })

  test('whoever goes back has taken nothing; who agrees has the card when he is back, and the merchant hears of it', async () => {
    const receiver = await startReceiver()
    const { code, token } = await cards.prepared({ notify_url: receiver.url })
    expect(await cards.visit(takePath(token), 'back')).toEqual(BACK)
    expect((await stateOf(code)).state).toBe('PREPARED')
    expect(await cards.visit(takePath(token), 'take', 'oWhoever')).toEqual(BACK)
    expect(await stateOf(code)).toMatchObject({ state: 'ONGOING', openid: 'oWhoever' })
    await merchant.advance(1)
    expect(resourcesOf(receiver, merchant)).toMatchObject([
      { out_card_code: code, openid: 'oWhoever', state: 'ONGOING' },
    ])
    await receiver.close()
  })

  test('a token that nobody has encoded, and a path without its slash, open it too', async () => {
    const { token } = await cards.prepared()
    const path = `pages/get-card/get-card?prepare_card_token=${token}&from=app`
    expect((await cards.visit(path, 'open')).page.actions).toHaveLength(1)
  })

  test.each([
    ['not active', { isActive: false }, NOT_OPEN],
    ['not open yet', { opensAt: '2099-01-01T00:00:00Z' }, NOT_OPEN],
    ['over', { closesAt: '2020-01-01T00:00:00Z' }, NOT_OPEN],
    ['for others', { whitelist: ['oAnother'] }, '未通过申请，当前服务未上线'],
  ])(
    'of a template that is %s says exactly what the guide’s FAQ quotes, and nothing is taken',
    async (_, changes, words) => {
      const { code, token } = await cards.prepared()
      await cards.changeTemplate(changes)
      for (const action of ['open', 'take'])
        expect(await cards.visit(takePath(token), action)).toMatchObject(says(words))
      expect((await stateOf(code)).state).toBe('PREPARED')
    },
  )

  test('opens from the moment on at which the template opens, until it closes', async () => {
    const nowMs = Date.parse((await merchant.control('GET', '/clock')).json.now)
    const at = (seconds: number) => new Date(nowMs + seconds * 1000).toISOString()
    await cards.changeTemplate({ opensAt: at(3600), closesAt: at(7200) })
    const { token } = await cards.prepared()
    const open = () => cards.visit(takePath(token), 'open')
    expect(await open()).toMatchObject(says(NOT_OPEN))
    await merchant.advance(3600)
    expect((await open()).page.actions).toHaveLength(1)
    await merchant.advance(3600 - 10)
    await merchant.control('PUT', '/switches', { cardTokenSeconds: 86_400 })
    expect((await open()).page.actions).toHaveLength(1)
    await merchant.advance(10)
    expect(await open()).toMatchObject(says(NOT_OPEN))
  })

  test('the one on the whitelist takes the card that others cannot', async () => {
    await cards.changeTemplate({ whitelist: ['oTester'] })
    const { code, token } = await cards.prepared()
    expect(await cards.visit(takePath(token), 'take', 'oTester')).toEqual(BACK)
    expect((await stateOf(code)).openid).toBe('oTester')
  })

  test('is over after cardTokenSeconds; each request issues one more token, which lives its own time', async () => {
    const body = cards.prepareBody()
    const first = (await cards.prepare(body)).json.prepare_card_token
    await merchant.advance(7199)
    const second = (await cards.prepare(body)).json.prepare_card_token
    expect((await cards.visit(takePath(first), 'open')).page.actions).toHaveLength(1)
    await merchant.advance(1)
    expect(await cards.visit(takePath(first), 'take')).toMatchObject(says(expect.stringContaining('页面已过期')))
    expect(await cards.visit(takePath(second), 'take')).toEqual(BACK)
  })

  test('a card is taken once: whoever comes later, by any token of it, is told so', async () => {
    const body = cards.prepareBody()
    const token = (await cards.prepare(body)).json.prepare_card_token
    await cards.visit(takePath(token), 'take')
    const later = (await cards.prepare(body)).json.prepare_card_token
    for (const openid of ['oTestShopper', 'oStranger']) {
      for (const one of [token, later]) {
        expect(await cards.visit(takePath(one), 'take', openid)).toMatchObject(says('该先享卡已被领取'))
      }
    }
    expect((await stateOf(body.out_card_code)).openid).toBe('oTestShopper')
  })

  test('opens in the mini-program that prepared it only', async () => {
    const { code, token } = await cards.prepared()
    const elsewhere = await cards.visit(takePath(token), 'take', 'oTestShopper', { appid: 'wxanother' })
    expect(elsewhere).toMatchObject(says(expect.stringContaining('appid不匹配')))
    expect((await stateOf(code)).state).toBe('PREPARED')
  })

  test.each([
    ['/pages/get-card/get-card', 'prepare_card_token必须'],
    ['/pages/get-card/get-card?prepare_card_token=', 'prepare_card_token必须'],
    ['/pages/get-card/get-card?prepare_card_token=made-up', 'prepare_card_token无效'],
    ['/pages/get-card/get-card?prepare_card_token=%ZZ', 'prepare_card_token无效'],
    ['/pages/nothing', '没有这个页面：pages/nothing'],
    [undefined, '没有这个页面'],
    [7, '没有这个页面：7'],
  ])('the path %j says what is wrong with it', async (path, words) => {
    expect(await cards.visit(path, 'open')).toMatchObject(says(expect.stringContaining(words)))
    expect(await cards.visit(path, 'back')).toEqual(BACK)
  })
})

describe('先享卡详情页', () => {
  const detailPath = (code: string) =>
    `/pages/card-detail/card-detail?mchid=${merchant.info.mchid}&out_card_code=${encodeURIComponent(code)}`

  test('shows the holder how far he is and what leaving costs; the same card by either name', async () => {
    const card = await cards.take({ out_card_code: 'a|*1' })
    const { code } = card
    expect(labelled(await cards.visit(detailPath(code), 'open'))).toMatchObject({ 提前退出: '现在退出无需付款' })
    await card.buy(500)
    const opened = await cards.visit(detailPath(code), 'open')
    expect(opened.page.actions).toEqual([{ action: 'quit', label: '退出先享卡' }])
    expect(labelled(opened)).toEqual({
      先享卡: '一周三次八折卡',
      商户: merchant.info.merchantName,
      状态: '进行中',
      有效期: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d 至 \d{4}-\d\d-\d\d \d\d:\d\d$/),
      '目标 一周购买三次商品': '已完成1次，共3次',
      '奖励 八折优惠': '已享受1次，¥5.00（最高¥30.00）',
      已享受优惠: '¥5.00',
      提前退出: '现在退出将扣款¥5.00',
    })
    const { cardId } = await stateOf(code)
    expect(await cards.visit(`/pages/card-detail/card-detail?card_id=${cardId}`, 'open')).toEqual(opened)
  })

  test('who quits there has quit when he is back; the page tells what becomes of the money', async () => {
    const card = await cards.take()
    const { code } = card
    await card.buy(500)
    expect(await cards.visit(detailPath(code), 'back')).toEqual(BACK)
    expect((await stateOf(code)).state).toBe('ONGOING')
    expect(await cards.visit(detailPath(code), 'quit')).toEqual(BACK)
    expect(await stateOf(code)).toMatchObject({ state: 'UNFINISHED', unfinishedReason: 'EARLY_QUIT' })
    const paying = await cards.visit(detailPath(code), 'open')
    expect(labelled(paying)).toMatchObject({ 状态: '未完成约定（提前退出）', 扣款: '正在扣款¥5.00' })
    expect(paying.page.actions).toEqual([])
    await merchant.advance(3)
    const paid = labelled(await cards.visit(detailPath(code), 'open'))
    expect(paid).toMatchObject({ 扣款: '已扣款¥5.00', 支付时间: expect.stringMatching(/^\d{4}-/) })
    expect((await cards.visit(detailPath(code), 'quit')).page.actions).toEqual([])
  })

  test('who kept the promise pays nothing', async () => {
    const card = await cards.take()
    const { code } = card
    for (const fen of [500, 500, 500]) await card.buy(fen)
    const kept = labelled(await cards.visit(detailPath(code), 'open'))
    expect(kept).toMatchObject({ 状态: '已完成约定', 扣款: '无需付款', 已享受优惠: '¥15.00' })
  })

  test('after its end it says until when records are put right, and what is due then', async () => {
    const card = await cards.take()
    const { code } = card
    await card.buy(500)
    await merchant.advance(7 * 86_400)
    const settling = await cards.visit(detailPath(code), 'open')
    expect(labelled(settling)).toMatchObject({
      状态: '结算中',
      扣款: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d结算，届时仍未完成全部目标，将扣款¥5\.00$/),
    })
    expect(settling.page.actions).toEqual([])
    expect((await cards.visit(detailPath(code), 'quit')).page).not.toBeNull()
    await merchant.advance(86_400)
    expect(labelled(await cards.visit(detailPath(code), 'open')).状态).toBe('未完成约定（到期未完成）')
  })

  test('is there for its holder only, and not before somebody holds it', async () => {
    const { code } = await cards.take()
    const { code: nobodys } = await cards.prepared()
    expect(await cards.visit(detailPath(code), 'quit', 'oStranger')).toMatchObject(says('先享卡不存在'))
    const elsewhere = await cards.visit(detailPath(code), 'open', 'oTestShopper', { appid: 'wxanother' })
    expect(elsewhere).toMatchObject(says('先享卡不存在'))
    expect(await cards.visit(detailPath(nobodys), 'open')).toMatchObject(says('先享卡不存在'))
    expect(await cards.visit(detailPath('NOSUCH'), 'open')).toMatchObject(says('先享卡不存在'))
    expect((await stateOf(code)).state).toBe('ONGOING')
  })

  test.each(['', '?card_id=', '?mchid=1', '?out_card_code=1'])('without a name, %j, it asks for one', async (query) => {
    const opened = await cards.visit(`/pages/card-detail/card-detail${query}`, 'open')
    expect(opened).toMatchObject(says('参数错误：须有card_id，或mchid和out_card_code'))
  })
})
