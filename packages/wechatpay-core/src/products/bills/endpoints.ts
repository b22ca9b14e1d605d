import { commonErrors, defineEndpoint, rejected } from '../../contract/endpoint.ts'
import { BillFile, DownloadQuery, FundFlowBillQuery, TradeBillQuery } from './schema.ts'

/** NO_STATEMENT_EXIST: nothing happened that day. STATEMENT_CREATING: ask again in half an hour. */
const applyErrors = [
  ...commonErrors,
  rejected(400, 'NO_STATEMENT_EXIST'),
  rejected(400, 'STATEMENT_CREATING'),
  rejected(403, 'NO_AUTH'),
] as const

/** 申请交易账单 of a past day, at most three months ago; ready from 10:00 of the next day. */
export const tradeBill = defineEndpoint({
  id: 'bills.tradeBill',
  method: 'GET',
  url: '/v3/bill/tradebill',
  query: TradeBillQuery,
  response: BillFile,
  errors: applyErrors,
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791907',
})

/** 申请资金账单 of one account. 3 calls per second. */
export const fundFlowBill = defineEndpoint({
  id: 'bills.fundFlowBill',
  method: 'GET',
  url: '/v3/bill/fundflowbill',
  query: FundFlowBillQuery,
  response: BillFile,
  errors: applyErrors,
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791908',
})

/** 下载账单: the file itself, unsigned. Its bytes are proved by `hash_value` alone, and come by `download`, not `call`. */
export const download = defineEndpoint({
  id: 'bills.download',
  method: 'GET',
  url: '/v3/billdownload/file',
  query: DownloadQuery,
  stream: true,
  errors: [...commonErrors, rejected(403, 'NO_AUTH')],
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791909',
})
