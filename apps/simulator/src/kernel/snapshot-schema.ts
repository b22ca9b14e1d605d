import { schema as bills } from '@shouyin/wechatpay-core/bills'
import { states } from '@shouyin/wechatpay-core/payments'
import { states as refundStates } from '@shouyin/wechatpay-core/refunds'
import * as v from 'valibot'
import { BillDay } from './bill-edits.ts'
import { DiscountCards } from './discount-card/snapshot-schema.ts'
import { modes } from './merchants.ts'
import { PayScore } from './payscore/snapshot-schema.ts'
import type { StoredSimulator } from './simulator.ts'
import { Switches } from './switches.ts'

const text = v.string()
const number = v.number()
const flag = v.boolean()

const KeyPair = v.object({ privateKeyPem: text, publicKeyPem: text })
const Certificate = v.object({
  serialNo: text,
  privateKeyPem: text,
  certificatePem: text,
  effectiveTime: text,
  expireTime: text,
})

const Merchant = v.object({
  mchid: text,
  merchantName: text,
  mode: v.picklist(modes),
  certificate: Certificate,
  publicKey: v.nullable(v.object({ ...KeyPair.entries, id: text })),
  apiV3Key: text,
  apiV2Key: text,
})

const Coupon = v.object({ id: text, amountFen: number, type: v.picklist(['CASH', 'NOCASH']) })

const Transaction = v.object({
  mchid: text,
  appid: text,
  openid: text,
  outTradeNo: text,
  // Files of earlier versions know one way to pay.
  tradeType: v.optional(v.picklist(['JSAPI', 'AUTH']), 'JSAPI'),
  description: text,
  attach: v.nullable(text),
  notifyUrl: text,
  amountFen: number,
  deviceId: v.nullable(text),
  parameters: text,
  createdAtMs: number,
  expiresAtMs: number,
  prepays: v.array(v.object({ id: text, issuedAtMs: number })),
  namesPublicKey: flag,
  tradeState: states.TradeState,
  transactionId: v.nullable(text),
  payerTotalFen: v.nullable(number),
  coupon: v.optional(v.nullable(Coupon), null),
  successAtMs: v.nullable(number),
})

const Refund = v.object({
  mchid: text,
  refundId: text,
  outRefundNo: text,
  outTradeNo: text,
  transactionId: text,
  amountFen: number,
  totalFen: number,
  payerRefundFen: number,
  payerTotalFen: number,
  coupon: v.nullable(Coupon),
  settlementRefundFen: number,
  settlementTotalFen: number,
  feeRefundFen: number,
  reason: v.nullable(text),
  notifyUrl: v.nullable(text),
  source: v.picklist(['API', 'VENDOR_PLATFORM']),
  fundsAccount: v.picklist(['AVAILABLE', 'UNSETTLED']),
  from: v.array(v.object({ account: v.picklist(['AVAILABLE', 'UNAVAILABLE']), amountFen: number })),
  namesPublicKey: flag,
  createdAtMs: number,
  status: refundStates.RefundStatus,
  statusAtMs: v.exactOptional(number),
  isFunded: flag,
  channel: v.picklist(['ORIGINAL', 'OTHER_BANKCARD']),
  userReceivedAccount: text,
  dueAtMs: v.nullable(number),
  successAtMs: v.nullable(number),
})

const account = v.picklist(bills.accountTypes)
const Funds = v.object({
  openings: v.array(v.object({ mchid: text, account, balanceFen: number })),
  entries: v.array(
    v.object({
      mchid: text,
      account,
      flowNo: text,
      atMs: number,
      businessNo: text,
      businessName: text,
      businessType: text,
      amountFen: number,
      applicant: text,
      remark: text,
      voucherNo: text,
      outTradeNo: v.nullable(text),
    }),
  ),
})

const Attempt = v.object({
  at: text,
  status: v.nullable(number),
  error: v.nullable(text),
  durationMs: number,
  serial: v.nullable(text),
  fault: v.nullable(text),
})

const Notification = v.object({
  id: text,
  mchid: text,
  eventType: text,
  originalType: text,
  summary: text,
  ladderSeconds: v.array(number),
  outTradeNo: v.nullable(text),
  outRefundNo: v.optional(v.nullable(text), null),
  format: v.optional(v.picklist(['v3', 'v2']), 'v3'),
  url: text,
  plaintext: text,
  namesPublicKey: flag,
  createdAtMs: number,
  state: v.picklist(['pending', 'delivered', 'exhausted', 'lost']),
  nextAttemptMs: v.nullable(number),
  failures: number,
  attempts: v.array(Attempt),
})

const AccessTokens = v.object({
  tokens: v.array(v.object({ token: text, expiresAtMs: number })),
  forcedAtMs: v.array(number),
})

const Shipment = v.object({
  mchid: text,
  outTradeNo: text,
  logisticsType: number,
  deliveryMode: number,
  finished: flag,
  finishCount: number,
  parcels: v.array(v.object({ trackingNo: v.nullable(text), expressCompany: v.nullable(text), itemDesc: text })),
  uploadTime: text,
  uploadedAtMs: number,
})

const World = v.object({
  appid: text,
  appSecret: text,
  merchants: v.array(Merchant),
  platformCertificates: v.pipe(v.array(Certificate), v.minLength(1)),
  percentByPublicKey: v.nullable(number),
  switches: Switches,
  offsetMs: number,
  transactions: v.array(Transaction),
  // Files of earlier versions lack these two.
  refunds: v.optional(v.array(Refund), []),
  funds: v.optional(Funds, { openings: [], entries: [] }),
  notifications: v.array(Notification),
  // Files of earlier versions lack these five.
  accessTokens: v.optional(AccessTokens, { tokens: [], forcedAtMs: [] }),
  shipments: v.optional(v.array(Shipment), []),
  bills: v.optional(v.array(BillDay), []),
  payScore: v.optional(PayScore, { services: [], plans: [], signPlans: [], orders: [] }),
  discountCards: v.optional(DiscountCards, { templates: [], preparations: [], cards: [] }),
})

/** The data file. Another `version` is another program's. */
export const Snapshot = v.object({
  format: v.literal('shouyin-simulator'),
  version: v.literal(1),
  authority: KeyPair,
  worlds: v.pipe(v.array(World), v.minLength(1)),
}) satisfies v.GenericSchema<unknown, StoredSimulator>
