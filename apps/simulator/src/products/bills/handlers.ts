import type { endpoints, schema } from '@shouyin/wechatpay-core/bills'
import type { InferOutput } from 'valibot'
import type { Caller, Handlers, Refuse } from '../../kernel/handler.ts'
import { type Bill, fundFlowBill, stateOf, tradeBill } from './model/bill.ts'
import { isDay, whyNoBillOf } from './model/day.ts'
import { fileOf } from './model/file.ts'

/** 账单, answered as the wire reference says; what no source shows is marked GUESS. */
export const handlers: Handlers<typeof endpoints> = {
  tradeBill: ({ query, ...caller }, refuse) => {
    checkQuery(query, caller, refuse)
    return apply(tradeBill(caller, query.bill_date, query.bill_type), query, caller, refuse)
  },

  fundFlowBill: ({ query, ...caller }, refuse) => {
    checkQuery(query, caller, refuse)
    return apply(fundFlowBill(caller, query.bill_date, query.account_type), query, caller, refuse)
  },

  download: ({ query, world, merchant }, refuse) => {
    const ticket = world.bills.ticket(query.token)
    // The first sentence was reported by a merchant, the second is a GUESS; the codes are those of the page.
    if (!ticket) throw refuse(400, 'INVALID_REQUEST', '下载链接过期,请重新请求文件下载')
    if (ticket.mchid !== merchant.mchid) throw refuse(403, 'NO_AUTH', '无权限下载该账单，请使用申请账单的商户号')
    if (world.switches.downloadOnce) world.bills.spend(query.token)
    const gzip = query.tartype?.toLowerCase() === 'gzip'
    return { ...ticket.file, gzip, type: gzip ? 'application/x-gzip' : 'text/plain; charset=utf-8' }
  },
}

/** What both applications share. */
type Query = Pick<InferOutput<typeof schema.TradeBillQuery>, 'bill_date' | 'tar_type' | 'sub_mchid'>
type RefuseApplication = Refuse<typeof endpoints.tradeBill>

function checkQuery({ bill_date, sub_mchid }: Query, { world }: Caller, refuse: RefuseApplication): void {
  if (sub_mchid !== undefined) {
    // GUESS: the answer to a merchant who is no service provider (服务商) and names a sub-merchant.
    const issue = 'is for service providers (服务商): leave it out'
    const detail = { field: 'sub_mchid', value: sub_mchid, issue, location: 'query' }
    throw refuse(400, 'PARAM_ERROR', '普通商户不支持传入sub_mchid', detail)
  }
  const detail = { field: 'bill_date', value: bill_date, location: 'query' }
  if (!isDay(bill_date)) {
    throw refuse(400, 'PARAM_ERROR', `账单日期${bill_date}不存在`, { ...detail, issue: 'is no day of the calendar' })
  }
  const why = whyNoBillOf(bill_date, world.clock.nowMs())
  // GUESS: which of the two codes of 400.
  if (why)
    throw refuse(400, 'INVALID_REQUEST', why, { ...detail, issue: 'must be a past day of the last three months' })
}

async function apply<Row>(bill: Bill<Row>, { tar_type }: Query, caller: Caller, refuse: RefuseApplication) {
  const { world, merchant, origin } = caller
  const state = stateOf(caller, bill)
  if (state === 'creating') throw refuse(400, 'STATEMENT_CREATING', '账单生成中，请稍后再试')
  if (state === 'none') throw refuse(400, 'NO_STATEMENT_EXIST', '账单文件不存在')
  const { file, sha1 } = await fileOf(bill)
  const expiresAtMs = world.clock.nowMs() + world.switches.downloadUrlSeconds * 1000
  const token = world.bills.issue({ mchid: merchant.mchid, expiresAtMs, file })
  const url = `${origin}/v3/billdownload/file?token=${token}`
  return {
    hash_type: 'SHA1',
    hash_value: sha1,
    download_url: tar_type === undefined ? url : `${url}&tartype=gzip`,
  }
}
