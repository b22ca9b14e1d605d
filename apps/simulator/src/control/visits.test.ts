import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { TestCourse, TestPayScore } from '../testing/payscore.ts'

const PAY_SCORE = 'wxd8f3793ea3b935b8'
const BACK = { errMsg: null, page: null, referrerInfo: { appId: PAY_SCORE } }

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
})

const visit = async (action: string, given: object, openid = 'oTestShopper') => {
  const body = { appid: merchant.info.appid, openid, action, ...given }
  return (await merchant.control('POST', '/client/open-business-view', body)).json
}
const says = (words: string) => ({
  errMsg: null,
  referrerInfo: null,
  page: { rows: [{ label: '提示', value: expect.stringContaining(words) }], actions: [] },
})
const labelled = ({ page }: { page: { rows: { label: string; value: string }[] } }) =>
  Object.fromEntries(page.rows.map(({ label, value }) => [label, value]))

describe('the phone, before any page opens', () => {
  test.each([
    [{ extraData: {} }, 'parameter error: parameter.businessType should be String instead of Undefined;'],
    [{ businessType: 7, extraData: {} }, 'parameter error: parameter.businessType should be String instead of Number;'],
    [{ businessType: 'wxpayScoreSignPlan', extraData: {} }, 'invalid businessType: wxpayScoreSignPlan'],
    [{ businessType: 'wxpayScorePlan' }, 'parameter error: parameter.extraData should be Object instead of Undefined;'],
    [{ businessType: 'wxpayScorePlan', extraData: null }, /extraData should be Object instead of Null/],
    [{ businessType: 'wxpayScorePlan', extraData: 'package=x' }, /extraData should be Object instead of String/],
  ])('refuses %j', async (given, words) => {
    const errMsg = typeof words === 'string' ? `openBusinessView:fail ${words}` : expect.stringMatching(words)
    expect(await visit('open', given)).toEqual({ errMsg, page: null, referrerInfo: null })
  })

  test('takes one of five actions only, and names what is wrong with the call', async () => {
    const answer = await merchant.control('POST', '/client/open-business-view', {
      appid: 'wx1',
      openid: 'o1',
      action: 'x',
    })
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 'INVALID_INPUT', field: 'action' } } })
  })
})

describe('签约计划页', () => {
  let payScore: TestPayScore
  let plan: ReturnType<TestPayScore['planBody']>
  let signed: ReturnType<TestPayScore['signPlanBody']>
  let view: { businessType: string; extraData: { package: string } }

  beforeEach(async () => {
    payScore = await TestPayScore.of(merchant)
    plan = payScore.planBody()
    const { plan_id: planId } = (await payScore.createPlan(plan)).json
    signed = payScore.signPlanBody(planId, 3)
    const created = (await payScore.createSignPlan(signed)).json
    view = { businessType: 'wxpayScorePlan', extraData: { package: created.package } }
  })
  const state = async () => (await payScore.querySignPlan(signed.merchant_sign_plan_no)).json
  const setService = (changes: object): Promise<unknown> =>
    merchant.control('PUT', `/payscore/services/${payScore.serviceId}`, changes)

  test('says what each lesson costs and when money moves, before anything is signed', async () => {
    const opened = await visit('open', view)
    expect(opened).toMatchObject({ errMsg: null, referrerInfo: null })
    expect(opened.page.actions).toEqual([{ action: 'sign', label: '同意并签约' }])
    expect(labelled(opened)).toEqual({
      计划: '羽毛球课3节',
      商户: merchant.info.merchantName,
      '第1次 第1节课': '¥180.00',
      '第2次 第2节课': '¥120.00（原价¥180.00，优惠）',
      '第3次 第3节课': '¥0.00（原价¥180.00，优惠）',
      合计: '¥300.00（原价¥540.00）',
      有效期: '签约后300天',
      扣款方式: expect.stringContaining('每次服务后扣款'),
    })
    expect((await state()).sign_state).toBe('UNSIGNED')
  })

  test('whoever goes back has signed nothing, and no document promises extraData', async () => {
    expect(await visit('back', view)).toEqual(BACK)
    expect((await state()).sign_state).toBe('UNSIGNED')
  })

  test('who agrees has signed when he is back', async () => {
    expect(await visit('sign', view)).toEqual(BACK)
    expect(await state()).toMatchObject({ sign_state: 'SIGNED', sign_time: expect.stringMatching(/\+08:00$/) })
    const { notifications } = (await merchant.control('GET', '/notifications')).json
    expect(notifications).toMatchObject([
      { eventType: 'PAYSCORE.USER_SIGN_PLAN', outTradeNo: signed.merchant_sign_plan_no },
    ])
  })

  test('shows who has signed his lessons, even after the package is over, and lets him cancel', async () => {
    await visit('sign', view)
    await merchant.advance(3 * 3600)
    const opened = await visit('open', view)
    expect(labelled(opened)).toMatchObject({ 状态: '已签约', '第1次 第1节课': '未使用 ¥180.00' })
    expect(opened.page.actions).toEqual([{ action: 'cancel-plan', label: '取消签约' }])
    expect(await visit('cancel-plan', view)).toEqual(BACK)
    expect(await state()).toMatchObject({ sign_state: 'SIGN_PLAN_CANCEL', cancel_sign_type: 'USER' })
    const after = await visit('open', view)
    expect([labelled(after).状态, after.page.actions]).toEqual(['已取消', []])
  })

  test.each([
    ['of another user', async () => {}, '用户与当前用户不一致', 'oStranger'],
    ['after two hours', () => merchant.advance(2 * 3600), '页面已过期'],
    ['of a plan that was stopped', () => payScore.stopPlan(plan.merchant_plan_no), '已停止'],
    ['of a service without 按计划确认', () => setService({ hasPlanPermission: false }), '暂无权限'],
    ['of a merchant who is not enrolled', () => setService({ isEnrolled: false }), '暂无权限'],
  ])('%s offers nothing to sign, and nothing is signed', async (_, happens, words, openid = 'oTestShopper') => {
    await happens()
    expect(await visit('open', view, openid)).toMatchObject(says(words))
    expect(await visit('sign', view, openid)).toMatchObject(says(words))
    expect((await state()).sign_state).toBe('UNSIGNED')
  })

  test.each([
    [{}, 'package必须'],
    [{ package: 7 }, 'package必须'],
    [{ package: 'made-up' }, 'package无效'],
  ])('with extraData %j says that the parameters are wrong', async (extraData, words) => {
    expect(await visit('open', { ...view, extraData })).toMatchObject(says(words))
  })

  test('opens for the mini-program of the plan only', async () => {
    expect(await visit('open', { ...view, appid: 'wxanother' })).toMatchObject(says('appid不匹配'))
  })

  test('opens by wx.navigateToMiniProgram too, with or without a slash', async () => {
    const { appid } = merchant.info
    const jump = async (path: string, action: string) => {
      const given = { appid, openid: 'oTestShopper', appId: PAY_SCORE, path, extraData: view.extraData, action }
      return (await merchant.control('POST', '/client/navigate-to-mini-program', given)).json
    }
    expect((await jump('/pages/use/plan?from=app', 'open')).page.title).toBe('微信支付分·签约计划')
    expect((await jump('pages/nothing', 'open')).page.rows[0].value).toContain('没有这个页面')
    expect(await jump('pages/use/plan', 'sign')).toEqual(BACK)
    expect((await state()).sign_state).toBe('SIGNED')
  })
})

describe('订单详情页', () => {
  let course: TestCourse

  beforeEach(async () => {
    course = await TestCourse.sign(merchant)
    await merchant.control('PUT', '/switches', { payScoreDeduction: 'fails' })
    await course.start(1)
    await course.complete(1, 18000)
  })

  const signWith = (members: Readonly<Record<string, string>>, key: string) => {
    const pairs = Object.keys(members)
      .sort()
      .map((name) => `${name}=${members[name]}`)
    return createHmac('sha256', key)
      .update([...pairs, `key=${key}`].join('&'))
      .digest('hex')
      .toUpperCase()
  }
  const view = (changes: Readonly<Record<string, string>> = {}, key = merchant.info.apiV2Key) => {
    const members = {
      mch_id: merchant.info.mchid,
      service_id: course.payScore.serviceId,
      out_order_no: course.numberOf(1),
      timestamp: String(Math.floor(Date.now() / 1000)),
      nonce_str: 'zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2',
      sign_type: 'HMAC-SHA256',
      ...changes,
    }
    return { businessType: 'wxpayScoreDetail', extraData: { ...members, sign: signWith(members, key) } }
  }
  const journal = async () =>
    (await merchant.control('GET', `/requests?outTradeNo=${course.numberOf(1)}`)).json.requests

  test('shows what is owed; while WeChat deducts it cannot be paid, afterwards it can', async () => {
    const busy = await visit('open', view())
    expect([labelled(busy).状态, busy.page.actions]).toEqual([expect.stringContaining('正在扣款中'), []])
    expect((await visit('pay', view())).page.actions).toEqual([])
    await merchant.advance(5)
    const opened = await visit('open', view())
    expect(labelled(opened)).toMatchObject({ 服务: '羽毛球基础课程', 状态: '待支付', 金额: '¥180.00' })
    expect(opened.page.actions).toEqual([{ action: 'pay', label: '立即支付' }])
    expect(await visit('pay', view())).toEqual(BACK)
    expect(await course.query(1)).toMatchObject({
      state: 'DONE',
      collection: { state: 'USER_PAID', paid_amount: 18000 },
    })
    const after = await visit('open', view())
    expect([labelled(after).状态, after.page.actions]).toEqual(['已完成', []])
  })

  test('brings no extraData back', async () => {
    expect(await visit('back', view())).toEqual(BACK)
  })

  test('with a wrong sign says so, and the requests explain it', async () => {
    expect(await visit('open', view({}, merchant.info.apiV3Key))).toMatchObject(says('签名错误'))
    expect((await journal()).at(-1)).toMatchObject({
      path: '/_sim/client/open-business-view',
      mchid: merchant.info.mchid,
      verified: false,
      reason: 'SIGNATURE_INVALID',
      diagnosis: { verdict: 'other-key', mistake: 'api-v3-key' },
    })
  })

  test.each([
    ['milliseconds', { timestamp: '1530097563042' }, 'timestamp-unit'],
    ['another sign_type', { sign_type: 'MD5' }, 'sign-type'],
  ])('with %s is refused although the sign fits', async (_, changes, mistake) => {
    expect(await visit('open', view(changes))).toMatchObject(says('签名错误'))
    expect((await journal()).at(-1).diagnosis.mistake).toBe(mistake)
  })

  test('a good sign leaves nothing among the requests, and going back from a wrong one neither', async () => {
    const before = (await journal()).length
    await visit('open', view())
    await visit('back', view({}, merchant.info.apiV3Key))
    expect(await journal()).toHaveLength(before)
  })

  test.each(['mch_id', 'service_id', 'out_order_no', 'timestamp', 'nonce_str', 'sign_type', 'sign'])(
    'without %s names it',
    async (name) => {
      const { extraData, businessType } = view()
      const without = Object.fromEntries(Object.entries(extraData).filter(([member]) => member !== name))
      expect(await visit('open', { businessType, extraData: without })).toMatchObject(says(`参数错误：${name}`))
    },
  )

  test('of a number, a service, a merchant or a user that does not fit is not there', async () => {
    expect(await visit('open', view({ out_order_no: 'NOSUCH' }))).toMatchObject(says('订单不存在'))
    expect(await visit('open', view({ service_id: 'NOSUCH' }))).toMatchObject(says('订单不存在'))
    expect(await visit('open', view({ mch_id: '1' }))).toMatchObject(says('mch_id无效'))
    expect(await visit('open', view(), 'oStranger')).toMatchObject(says('订单不存在'))
  })
})

describe('the pages of products that are not simulated', () => {
  test.each(['wxpayScoreUse', 'wxpayScoreEnable'])('%s says so, and its button back brings extraData', async (type) => {
    const given = { businessType: type, extraData: { package: 'x' } }
    expect(await visit('open', given)).toMatchObject(says('本地模拟的微信只有支付分计划'))
    expect(await visit('back', given)).toEqual({ ...BACK, referrerInfo: { appId: PAY_SCORE, extraData: {} } })
  })

  test('another mini-program than the two is 404, with the names of both', async () => {
    const given = { appid: merchant.info.appid, openid: 'o1', appId: 'wxanother', path: 'x', action: 'open' }
    const answer = await merchant.control('POST', '/client/navigate-to-mini-program', given)
    expect(answer).toMatchObject({
      status: 404,
      json: {
        error: { code: 'MINI_PROGRAM_NOT_FOUND', field: 'appId', message: expect.stringContaining('wxanother') },
      },
    })
    expect(answer.json.error.message).toContain('wxd8f3793ea3b935b8 (微信支付分) and wxcc2e4fbc5887661e (先享卡)')
  })

  test.each([
    [PAY_SCORE, 'take', 'must be one of open, back, sign, cancel-plan, pay'],
    ['wxcc2e4fbc5887661e', 'sign', 'must be one of open, back, take, quit'],
  ])('%s has no action %s', async (appId, action, words) => {
    const given = { appid: merchant.info.appid, openid: 'o1', appId, path: 'x', action }
    expect(await merchant.control('POST', '/client/navigate-to-mini-program', given)).toMatchObject({
      status: 400,
      json: { error: { code: 'INVALID_INPUT', field: 'action', message: expect.stringContaining(words) } },
    })
  })
})
