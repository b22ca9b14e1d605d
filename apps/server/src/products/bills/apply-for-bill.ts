import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints, type schema } from '@shouyin/wechatpay-core/bills'
import type { Ctx } from '../../kernel/context.ts'
import type { BillDay } from './table.ts'

/** `none`: nothing happened that day. `creating`: WeChat Pay is not done with it. */
export type Applied = { readonly kind: 'file'; readonly file: schema.BillFile } | { readonly kind: 'none' | 'creating' }

/** 申请账单: its answer is good for one download, at once. @throws WechatPayError for everything else */
export async function applyForBill(ctx: Ctx, day: BillDay): Promise<Applied> {
  try {
    return { kind: 'file', file: await apply(ctx, day) }
  } catch (error) {
    if (!(error instanceof WechatPayError) || error.outcome !== 'rejected') throw error
    if (error.apiCode === 'NO_STATEMENT_EXIST') return { kind: 'none' }
    if (error.apiCode === 'STATEMENT_CREATING') return { kind: 'creating' }
    throw error
  }
}

function apply(ctx: Ctx, { mchid, date, bill }: BillDay): Promise<schema.BillFile> {
  const query = { bill_date: date, tar_type: 'GZIP' } as const
  const wechat = ctx.wechat(mchid)
  return bill === 'trade'
    ? wechat.call(endpoints.tradeBill, { query: { ...query, bill_type: 'ALL' } })
    : wechat.call(endpoints.fundFlowBill, { query: { ...query, account_type: bill } })
}
