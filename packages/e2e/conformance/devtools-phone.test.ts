import { type RunningSimulator, startSimulator } from '@shouyin/simulator'
import { createWechatPay } from '@shouyin/wechatpay-core'
import { endpoints as discountCard } from '@shouyin/wechatpay-core/discount-card'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import { endpoints as payScore } from '@shouyin/wechatpay-core/payscore'
import { asNavigation, signPlanView, takeCardPage } from '@shouyin/wechatpay-core/protocol'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createMemoryStorage } from '../../../apps/miniprogram/src/shared/storage.ts'
import {
  createSimulatedBusinessViews,
  createSimulatedCardPages,
} from '../../../apps/miniprogram/src/shared/wechat/visits-simulated.ts'
import { createSimulatedPhone, type Simulation } from '../../../apps/miniprogram/src/shared/wechat-simulated.ts'
import { sendByFetch } from '../../../apps/miniprogram/src/testing/server.ts'

let simulator: RunningSimulator
let merchant: Record<string, string>
beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await (await fetch(`${simulator.url}/_sim/merchant`)).json()
})
afterAll(() => simulator.close())

const transactions = async () => (await (await fetch(`${simulator.url}/_sim/transactions`)).json()).transactions

/** The phone that the mini-program uses in DevTools, with a shopper who answers as told. */
function phoneWith(answer: boolean, storage = createMemoryStorage()) {
  const asked: { title: string; content: string }[] = []
  const simulation: Simulation = {
    simulatorUrl: simulator.url,
    appid: merchant.appid ?? '',
    send: sendByFetch,
    storage,
    ask: async (question) => {
      asked.push(question)
      return answer
    },
  }
  return {
    phone: createSimulatedPhone(simulation),
    views: createSimulatedBusinessViews(simulation),
    pages: createSimulatedCardPages(simulation),
    asked,
    storage,
  }
}

async function loginOf(code: string): Promise<string> {
  const query = new URLSearchParams({
    appid: merchant.appid ?? '',
    secret: merchant.appSecret ?? '',
    js_code: code,
    grant_type: 'authorization_code',
  })
  return (await (await fetch(`${simulator.url}/sns/jscode2session?${query}`)).json()).openid
}

const openPay = () =>
  createWechatPay({
    mchid: merchant.mchid ?? '',
    merchantSerialNo: merchant.merchantSerialNo ?? '',
    privateKey: merchant.merchantPrivateKeyPem ?? '',
    apiV3Key: merchant.apiV3Key ?? '',
    platformKeys: { publicKey: { id: merchant.wechatpayPublicKeyId ?? '', pem: merchant.wechatpayPublicKeyPem ?? '' } },
    baseUrl: simulator.url,
  })

async function parametersFor(openid: string, outTradeNo: string) {
  const pay = openPay()
  const appid = merchant.appid ?? ''
  const { prepay_id: prepayId } = await pay.call(endpoints.createJsapi, {
    body: {
      appid,
      mchid: merchant.mchid ?? '',
      description: '收银体育馆-单次游泳票',
      out_trade_no: outTradeNo,
      notify_url: `${simulator.url}/nobody`,
      amount: { total: 5800, currency: 'CNY' },
      payer: { openid },
    },
  })
  const parameters = await pay.paySign({ appid, prepayId })
  await pay.close()
  return parameters
}

/** A plan of one lesson that this shopper may sign, and WeChat's page for it. */
async function planFor(openid: string, number: string) {
  const pay = openPay()
  const { services } = await (await fetch(`${simulator.url}/_sim/payscore/services`)).json()
  const whose = { appid: merchant.appid ?? '', service_id: services[0].serviceId }
  const lesson = { plan_detail_name: '第一节课', original_price: 18000, actual_price: 18000 }
  const plan = await pay.call(payScore.createPlan, {
    body: {
      ...{ ...whose, merchant_plan_no: `P${number}`, plan_name: '羽毛球课1节', plan_duration: 30 },
      ...{ deduction_quantity: 1, total_original_price: 18000, total_actual_price: 18000, plan_detail_list: [lesson] },
    },
  })
  const signPlan = await pay.call(payScore.createSignPlan, {
    body: {
      ...{ ...whose, plan_id: plan.plan_id, openid, merchant_sign_plan_no: number },
      notify_url: `${simulator.url}/nobody`,
      sign_plan_detail: [{ plan_detail_no: 1, merchant_plan_detail_no: `${number}-1` }],
    },
  })
  await pay.close()
  const view = signPlanView(signPlan.package)
  const state = async () =>
    (await (await fetch(`${simulator.url}/_sim/payscore/sign-plans/${number}`)).json()) as { state: string }
  return { view: { ...view, navigation: asNavigation(view) }, state }
}

/** A card that may be taken, or whose template is not open yet, and WeChat's page for it. */
async function cardFor(outCardCode: string, isActive: boolean) {
  const pay = openPay()
  const template = {
    ...{ name: '羽毛球先享卡', durationDays: 30, isActive },
    objectives: [{ name: '下单三次', count: 3, unit: '次' }],
    rewards: [{ name: '全场八折', count: 1, unit: '次', amountFen: 20000 }],
  }
  const made = await fetch(`${simulator.url}/_sim/discount-card/templates`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(template),
  })
  const { cardTemplateId } = await made.json()
  const { prepare_card_token: token } = await pay.call(discountCard.prepareCard, {
    body: {
      out_card_code: outCardCode,
      card_template_id: cardTemplateId,
      appid: merchant.appid ?? '',
      notify_url: `${simulator.url}/nobody`,
    },
  })
  await pay.close()
  const card = async () => (await fetch(`${simulator.url}/_sim/discount-card/cards/${outCardCode}`)).json()
  return { page: takeCardPage(token), card }
}

test('a shopper in DevTools stays the same one from start to start', async () => {
  const { phone, storage } = phoneWith(true)
  const first = await loginOf(await phone.login())
  expect(first).toBeTruthy()
  expect(await loginOf(await phoneWith(true, storage).phone.login())).toBe(first)
  expect(await loginOf(await phoneWith(true).phone.login())).not.toBe(first)
})

test('agreeing pays, and shows the sum and the merchant first', async () => {
  const { phone, asked } = phoneWith(true)
  const openid = await loginOf(await phone.login())
  expect(await phone.requestPayment(await parametersFor(openid, 'DEVTOOLS1'))).toBe('ok')
  expect(asked).toMatchObject([{ title: '¥58.00', content: expect.stringContaining('收银体育馆-单次游泳票') }])
  expect(await transactions()).toMatchObject([{ outTradeNo: 'DEVTOOLS1', tradeState: 'SUCCESS' }])
})

test('declining is a cancel and pays nothing', async () => {
  const { phone } = phoneWith(false)
  const openid = await loginOf(await phone.login())
  expect(await phone.requestPayment(await parametersFor(openid, 'DEVTOOLS2'))).toBe('cancelled')
  expect((await transactions())[0]).toMatchObject({ outTradeNo: 'DEVTOOLS2', tradeState: 'NOTPAY' })
})

test('parameters of another shopper open no sheet', async () => {
  const { phone, asked } = phoneWith(true)
  await phone.login()
  const stranger = await loginOf(await phoneWith(true).phone.login())
  expect(await phone.requestPayment(await parametersFor(stranger, 'DEVTOOLS3'))).toBe('failed')
  expect(asked).toEqual([])
})

test.each([
  ['agreeing signs', true, 'SIGNED'],
  ['declining signs nothing', false, 'UNSIGNED'],
])('Pay Score’s page is a question: %s, and leads back', async (_, answer, state) => {
  const { phone, views, asked } = phoneWith(answer)
  const openid = await loginOf(await phone.login())
  const plan = await planFor(openid, `DEVTOOLS${state}`)
  const returned = vi.fn()
  views.onReturn(returned)
  expect(await views.open(plan.view)).toBe('opened')
  await vi.waitFor(() => expect(returned).toHaveBeenCalledOnce())
  expect(await plan.state()).toMatchObject({ state })
  expect(asked).toMatchObject([{ content: expect.stringContaining('羽毛球课1节') }])
})

test('a page that WeChat does not know is not opened', async () => {
  const { phone, views, asked } = phoneWith(true)
  await phone.login()
  const navigation = { appId: '', path: '' }
  expect(await views.open({ businessType: 'wxpayScoreSignPlan', extraData: {}, navigation })).toBe('refused')
  expect(asked).toEqual([])
})

test.each([
  ['agreeing takes the card', true, 'ONGOING'],
  ['declining takes nothing', false, 'PREPARED'],
])('the card’s page is a question: %s, and leads back', async (_, answer, state) => {
  const { phone, pages, asked } = phoneWith(answer)
  await loginOf(await phone.login())
  const { page, card } = await cardFor(`DEVTOOLS${state}`, true)
  const returned = vi.fn()
  pages.onReturn(returned)
  expect(await pages.open(page)).toBe('opened')
  await vi.waitFor(() => expect(returned).toHaveBeenCalledOnce())
  expect(await card()).toMatchObject({ state })
  expect(asked).toMatchObject([{ content: expect.stringContaining('羽毛球先享卡') }])
})

test('a card that may not be taken says so on its page, which leads back', async () => {
  const { phone, pages, asked } = phoneWith(true)
  await loginOf(await phone.login())
  const { page, card } = await cardFor('DEVTOOLSCLOSED', false)
  const returned = vi.fn()
  pages.onReturn(returned)
  expect(await pages.open(page)).toBe('opened')
  await vi.waitFor(() => expect(returned).toHaveBeenCalledOnce())
  expect(asked).toMatchObject([{ content: expect.stringContaining('未开放领取') }])
  expect(await card()).toMatchObject({ state: 'PREPARED' })
})
