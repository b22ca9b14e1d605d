import type { states } from '@shouyin/wechatpay-core/payscore'
import { isSignedBusinessView } from '@shouyin/wechatpay-core/protocol'
import type { Diagnosis } from '../../../../kernel/diagnose.ts'
import { diagnoseBusinessView } from '../../../../kernel/diagnose-business-view.ts'
import type { StoredServiceOrder } from '../../../../kernel/payscore/stored.ts'
import { minuteOf, notice, type Page, type Visitor, yuan } from '../../../../kernel/visit.ts'
import type { World } from '../../../../kernel/world.ts'
import { isBusy } from '../deduct.ts'
import { pay } from '../pay.ts'

const TITLE = '微信支付分·订单详情'
const MEMBERS = ['mch_id', 'service_id', 'out_order_no', 'timestamp', 'nonce_str', 'sign_type', 'sign'] as const

/** Of which order the sign is wrong, and why. */
export interface WrongSign {
  readonly mchid: string
  readonly outTradeNo: string
  readonly diagnosis: Diagnosis
}

export interface OrderPage {
  readonly page: Page
  readonly wrongSign: WrongSign | null
}

/** 订单详情页: signed with the APIv2 key; the user sees what he owes, and may pay it. */
export function orderPage(world: World, visitor: Visitor, extraData: Readonly<Record<string, unknown>>): OrderPage {
  const given = readMembers(extraData)
  if (typeof given === 'string') return saying(given)
  const merchant = world.merchants.find(({ mchid }) => mchid === given.mch_id)
  if (!merchant) return saying('参数错误：mch_id无效')
  const { apiV2Key, apiV3Key } = merchant
  const isRight = given.sign_type === 'HMAC-SHA256' && /^\d{10}$/.test(given.timestamp)
  if (!isRight || !isSignedBusinessView(given, apiV2Key)) {
    const diagnosis = diagnoseBusinessView({ extraData: given, apiV2Key, apiV3Key })
    return { ...saying('签名错误'), wrongSign: { mchid: merchant.mchid, outTradeNo: given.out_order_no, diagnosis } }
  }
  const order = world.payScore.order(merchant.mchid, given.out_order_no)
  const isTheirs = order?.openid === visitor.openid && order.appid === visitor.appid
  if (!order || order.serviceId !== given.service_id || !isTheirs) return saying('订单不存在')
  return { page: detailsOf(world, order), wrongSign: null }
}

// GUESS: no document prints the sentences of this page.
const saying = (words: string): OrderPage => ({ page: notice(TITLE, words), wrongSign: null })

type Members = Readonly<Record<(typeof MEMBERS)[number], string>>

/** @returns the members, or what is wrong with one of them */
function readMembers(extraData: Readonly<Record<string, unknown>>): Members | string {
  const wrong = MEMBERS.find((name) => typeof extraData[name] !== 'string' || extraData[name] === '')
  if (wrong !== undefined) return `参数错误：${wrong}必须是非空字符串`
  // A member of another name is neither signed nor read.
  const members = Object.fromEntries(MEMBERS.map((name) => [name, extraData[name]])) as Members
  return members.nonce_str.length > 32 ? '参数错误：nonce_str最长32个字符' : members
}

function detailsOf(world: World, order: StoredServiceOrder): Page {
  const { phase, totalFen, paidAtMs, introduction, outOrderNo, mchid } = order
  const busy = isBusy(order)
  const button = { action: 'pay', label: '立即支付', press: () => void pay(world, order) } as const
  return {
    title: TITLE,
    rows: [
      { label: '商户', value: world.merchants.find((merchant) => merchant.mchid === mchid)?.merchantName ?? mchid },
      { label: '服务', value: introduction },
      { label: '订单号', value: outOrderNo },
      { label: '状态', value: busy ? '正在扣款中，请稍后再试' : phaseWords[phase] },
      ...(totalFen === null ? [] : [{ label: '金额', value: yuan(totalFen) }]),
      ...(paidAtMs === null ? [] : [{ label: '支付时间', value: minuteOf(paidAtMs) }]),
    ],
    buttons: phase === 'paying' && !busy ? [button] : [],
  }
}

const phaseWords: Readonly<Record<states.OrderPhase, string>> = {
  created: '待确认',
  in_service: '服务中',
  paying: '待支付',
  done: '已完成',
  revoked: '已取消',
  expired: '已过期',
}
