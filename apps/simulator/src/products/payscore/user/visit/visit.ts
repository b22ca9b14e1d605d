import { asNavigation, type BusinessType, businessTypes, PAY_SCORE_APPID } from '@shouyin/wechatpay-core/protocol'
import { answerOn, notice, type Page, type Visit, type VisitAnswer } from '../../../../kernel/visit.ts'
import type { World } from '../../../../kernel/world.ts'
import { orderPage, type WrongSign } from './order-page.ts'
import { planPage } from './plan-page.ts'

export const payScoreActions = ['open', 'back', 'sign', 'cancel-plan', 'pay'] as const

export interface VisitResult {
  readonly answer: VisitAnswer
  readonly wrongSign: WrongSign | null
}

type ExtraData = Readonly<Record<string, unknown>>

/** What WeChat does with `wx.openBusinessView`. The phone's own sentences follow those of its base library (GUESS). */
export function openBusinessView(world: World, given: Visit<'businessType' | 'extraData'>): VisitResult {
  const { businessType, extraData } = given
  const failed = (words: string) => result({ errMsg: `openBusinessView:fail ${words}` })
  if (typeof businessType !== 'string') return failed(wrongType('businessType', 'String', businessType))
  const known = businessTypes.find((one) => one === businessType)
  if (!known) return failed(`invalid businessType: ${businessType}`)
  if (!isObject(extraData)) return failed(wrongType('extraData', 'Object', extraData))
  return visit(world, given, known, extraData)
}

const byPath = new Map(
  businessTypes.map((businessType) => [asNavigation({ businessType, extraData: {} }).path, businessType]),
)

/** The same pages by `wx.navigateToMiniProgram`; without a path that leads to one, the page says so. */
export function navigateToPayScore(world: World, given: Visit<'path' | 'extraData'>): VisitResult {
  const { action, path = '', extraData } = given
  const [plain = ''] = String(path).replace(/^\//, '').split('?', 1)
  const businessType = byPath.get(plain)
  if (businessType) return visit(world, given, businessType, isObject(extraData) ? extraData : {})
  return onPage(action, notice('微信支付分', `没有这个页面：${plain}`))
}

function visit(world: World, given: Visit, businessType: BusinessType, extraData: ExtraData): VisitResult {
  const { action } = given
  switch (businessType) {
    case 'wxpayScorePlan':
      return onPage(action, planPage(world, given, extraData))
    case 'wxpayScoreDetail': {
      const { page, wrongSign } = orderPage(world, given, extraData)
      return { ...onPage(action, page), wrongSign: action === 'back' ? null : wrongSign }
    }
    // Their own button back brings extraData, of which the documents say that it proves nothing.
    case 'wxpayScoreUse':
      return onPage(action, NO_ORDINARY_ORDERS, {})
    case 'wxpayScoreEnable':
      return onPage(action, NO_PERMISSIONS, {})
  }
}

const NO_ORDINARY_ORDERS = notice('微信支付分·确认订单', '本地模拟的微信只有支付分计划，没有需用户确认的订单，只能返回')
const NO_PERMISSIONS = notice('微信支付分·授权服务', '本地模拟的微信只有支付分计划，没有免确认的授权，只能返回')

const onPage = (action: string, page: Page, returned?: Readonly<Record<string, string>>): VisitResult =>
  result(answerOn(PAY_SCORE_APPID, action, page, returned))

const result = (answer: Partial<VisitAnswer>): VisitResult => ({
  answer: { errMsg: null, page: null, referrerInfo: null, ...answer },
  wrongSign: null,
})

const isObject = (value: unknown): value is ExtraData =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wrongType = (name: string, due: string, value: unknown) =>
  `parameter error: parameter.${name} should be ${due} instead of ${nameOf(value)};`

function nameOf(value: unknown): string {
  return value === null ? 'Null' : Object.prototype.toString.call(value).slice(8, -1)
}
