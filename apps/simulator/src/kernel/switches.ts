import { NotifyUrl } from '@shouyin/wechatpay-core/contract'
import * as v from 'valibot'

const seconds = (max: number) =>
  v.pipe(v.number('must be a number of seconds'), v.integer('must be a whole number'), v.minValue(0), v.maxValue(max))

const DAY_SECONDS = 86_400

/** One place each where WeChat's own documents disagree. Defaults: docs/simulator.md says which source each follows. */
export const Switches = v.strictObject({
  /** 关单: how old an order must be. Current page: no limit; older ones: 5 min. */
  closeMinAgeSeconds: v.optional(seconds(DAY_SECONDS), 0),
  combineCloseMinAgeSeconds: v.optional(seconds(DAY_SECONDS), 300),
  /** Closing an order that is closed: 204 says "re-entrant"; the table of combined orders names an error. */
  closeClosedOrder: v.optional(v.picklist(['ok', 'refused'], 'must be ok or refused'), 'ok'),
  /** Life of a bill's download_url: 30 s in three guides, 5 min on the current page. */
  downloadUrlSeconds: v.optional(seconds(DAY_SECONDS), 30),
  /** Time of day, in Shanghai, at which the bills of the day before are ready. */
  billReadyAt: v.optional(
    v.pipe(
      v.string('must be a time such as 10:00'),
      v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 10:00'),
    ),
    '10:00',
  ),
  /** Whether a download_url serves once only: one official page says so, the others do not. */
  downloadOnce: v.optional(v.boolean('must be true or false'), false),
  /** A used number with other parameters: the API page's code or the one of older pages. */
  reorderCode: v.optional(v.picklist(['OUT_TRADE_NO_USED', 'INVALID_REQUEST']), 'OUT_TRADE_NO_USED'),
  /** Whether a repeated order may bring another time_expire: an official answer says yes, the API page no. */
  reorderMayChangeTimeExpire: v.optional(v.boolean('must be true or false'), false),
  /** Longest time_expire: 7, 15 or 90 days by edition of the page; beyond it is clipped. */
  timeExpireMaxSeconds: v.optional(seconds(90 * DAY_SECONDS), 7 * DAY_SECONDS),
  /** How long a refund is PROCESSING: up to 5 min to the wallet, 1 to 3 days to a card. */
  refundSeconds: v.optional(seconds(30 * DAY_SECONDS), 5),
  /** Least time between two refunds of one order. */
  refundMinGapSeconds: v.optional(seconds(DAY_SECONDS), 60),
  /** A refund above the merchant's balance: NOT_ENOUGH, or accepted, waiting for money and CLOSED after 7 days. */
  refundShortBalance: v.optional(v.picklist(['refuse', 'wait'], 'must be refuse or wait'), 'refuse'),
  /** 退款回调 as set in 商户平台: gets the V2 notice of refunds without a notify_url; empty: nobody does. */
  refundCallbackUrl: v.optional(v.union([v.literal(''), NotifyUrl], 'must be an https URL, or empty'), ''),
  /** 429: the API pages' name or the status-code page's. */
  rateLimitCode: v.optional(v.picklist(['FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED']), 'FREQUENCY_LIMITED'),
  /** Official samples show '' and 'transaction'. */
  associatedData: v.optional(v.picklist(['random', 'empty', 'type']), 'random'),
  /** How long 发货信息管理 does not know a payment yet (10060001): officially "wait a minute and try again". */
  shippingLagSeconds: v.optional(seconds(DAY_SECONDS), 0),
  /** sign_state of PAYSCORE.USER_CANCEL_SIGN_PLAN: what follows from the state list, or what a sample of that notice shows. */
  cancelNoticeState: v.optional(v.picklist(['SIGN_PLAN_CANCEL', 'UNSIGNED']), 'SIGN_PLAN_CANCEL'),
  /** Whether the totals of a plan must be the sums of its details: the request's example fits, the pages' own does not. */
  payScoreSums: v.optional(v.picklist(['checked', 'unchecked'], 'must be checked or unchecked'), 'checked'),
  /** A lesson completed for more than its actual_price. GUESS: no page names this bound. */
  payScoreAboveDetail: v.optional(v.picklist(['refused', 'accepted'], 'must be refused or accepted'), 'refused'),
  /** How long PAYSCORE.USER_PAID is sent again: to the merchant it is "4 小时", the list of intervals runs to 24 h 4 min. */
  payScoreLadder: v.optional(v.picklist(['3h04m', '24h04m'], 'must be 3h04m or 24h04m'), '3h04m'),
  /** Cancelling a service order that is being collected: allowed on the page of 2025-02, not in 微信支付's skills. */
  payScoreCancelPaying: v.optional(v.picklist(['allowed', 'refused'], 'must be allowed or refused'), 'allowed'),
  /** Completing again with the same parameters: official answers differ (重入参数校验, 不支持重复完结). */
  payScoreCompleteAgain: v.optional(v.picklist(['answered', 'refused'], 'must be answered or refused'), 'answered'),
  /** Changing a sum that is being collected: down each time, as the page says, or once, as a copy of 2020-03 says. */
  payScoreModify: v.optional(v.picklist(['repeatedly', 'once'], 'must be repeatedly or once'), 'repeatedly'),
  /** 商户订单号 of a deduction in the trade bill: one that WeChat made, or the merchant's out_order_no. */
  payScoreBillNumber: v.optional(v.picklist(['wechat', 'out_order_no']), 'wechat'),
  /** Whether WeChat's attempts to deduct come off. */
  payScoreDeduction: v.optional(v.picklist(['succeeds', 'fails'], 'must be succeeds or fails'), 'succeeds'),
  /** How long an attempt to deduct takes; meanwhile 单据正在扣款中. */
  payScoreDeductionSeconds: v.optional(seconds(DAY_SECONDS), 3),
  /** Time between two attempts while they fail: no page names one. */
  payScoreRetrySeconds: v.optional(seconds(30 * DAY_SECONDS), 600),
  /** 授权/解除授权通知 as WeChat's staff set it for the services: hears USER_CLOSE_SERVICE; empty: nobody does. */
  payScoreServiceUrl: v.optional(v.union([v.literal(''), NotifyUrl], 'must be an https URL, or empty'), ''),
  /** Life of a prepare_card_token: no page names one. GUESS after the package of a plan, which lives two hours. */
  cardTokenSeconds: v.optional(seconds(30 * DAY_SECONDS), 7200),
  /** How long a card is SETTLING after its end, while records may be corrected. GUESS: no page says. */
  cardSettlingSeconds: v.optional(seconds(30 * DAY_SECONDS), DAY_SECONDS),
  /** Whether WeChat's attempts to collect what was enjoyed come off. */
  cardDeduction: v.optional(v.picklist(['succeeds', 'fails'], 'must be succeeds or fails'), 'succeeds'),
  /** How long the first attempt takes, and the time between two while they fail: GUESS as for Pay Score. */
  cardDeductionSeconds: v.optional(seconds(DAY_SECONDS), 3),
  cardRetrySeconds: v.optional(seconds(30 * DAY_SECONDS), 600),
  /** DISCOUNT_CARD.USER_PAID: when it is paid; while PAYING too, as a sample shows; also when nothing is due, as the guide says. */
  cardPaidNotices: v.optional(
    v.picklist(['paid', 'paying-too', 'always'], 'must be paid, paying-too or always'),
    'paid',
  ),
  /** 签名探测: share of answers and first deliveries that carry a probe instead of a signature. */
  probeRate: v.optional(v.pipe(v.number('must be a number'), v.minValue(0), v.maxValue(1)), 0),
})
export type Switches = v.InferOutput<typeof Switches>

export const defaultSwitches = (): Switches => v.parse(Switches, {})
