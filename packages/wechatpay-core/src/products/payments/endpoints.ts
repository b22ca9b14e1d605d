import { commonErrors, defineEndpoint, rejected, unknown } from '../../contract/endpoint.ts'
import {
  CloseBody,
  CreateJsapiBody,
  CreateJsapiResponse,
  MchidQuery,
  OutTradeNoPath,
  Transaction,
  TransactionIdPath,
} from './schema.ts'

/** JSAPI/小程序下单: makes the order and answers a `prepay_id`, valid for 2 h. */
export const createJsapi = defineEndpoint({
  id: 'payments.createJsapi',
  method: 'POST',
  url: '/v3/pay/transactions/jsapi',
  body: CreateJsapiBody,
  response: CreateJsapiResponse,
  errors: [
    ...commonErrors,
    rejected(400, 'APPID_MCHID_NOT_MATCH'),
    rejected(400, 'MCH_NOT_EXISTS'),
    rejected(400, 'ORDER_CLOSED'),
    rejected(403, 'NO_AUTH'),
    rejected(403, 'OUT_TRADE_NO_USED'),
    rejected(403, 'ACCOUNT_ERROR'),
    rejected(403, 'RULE_LIMIT'),
    rejected(403, 'TRADE_ERROR'),
    unknown(500, 'BANK_ERROR'),
    unknown(500, 'OPENID_MISMATCH'),
  ],
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791897',
})

const queryErrors = [
  ...commonErrors,
  rejected(400, 'MCH_NOT_EXISTS'),
  rejected(403, 'RULE_LIMIT'),
  rejected(403, 'TRADE_ERROR'),
  rejected(404, 'ORDER_NOT_EXIST'),
] as const

/** 商户订单号查询订单: any state. */
export const queryByOutTradeNo = defineEndpoint({
  id: 'payments.queryByOutTradeNo',
  method: 'GET',
  url: '/v3/pay/transactions/out-trade-no/{out_trade_no}',
  path: OutTradeNoPath,
  query: MchidQuery,
  response: Transaction,
  errors: queryErrors,
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791900',
})

/** 微信支付订单号查询订单: paid orders only. */
export const queryByTransactionId = defineEndpoint({
  id: 'payments.queryByTransactionId',
  method: 'GET',
  url: '/v3/pay/transactions/id/{transaction_id}',
  path: TransactionIdPath,
  query: MchidQuery,
  response: Transaction,
  errors: queryErrors,
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791899',
})

/**
 * 关闭订单: 204. A paid order cannot be closed; the code for that is a GUESS (no source shows it), so a caller takes
 * anything but 204 as a reason to query.
 */
export const close = defineEndpoint({
  id: 'payments.close',
  method: 'POST',
  url: '/v3/pay/transactions/out-trade-no/{out_trade_no}/close',
  path: OutTradeNoPath,
  body: CloseBody,
  errors: [
    ...commonErrors,
    rejected(400, 'MCH_NOT_EXISTS'),
    rejected(403, 'RULE_LIMIT'),
    rejected(403, 'TRADE_ERROR'),
    rejected(404, 'ORDER_NOT_EXIST'),
  ],
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791901',
})
