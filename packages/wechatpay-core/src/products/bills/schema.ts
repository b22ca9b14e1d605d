import * as v from 'valibot'
import { Mchid } from '../../contract/fragments.ts'

/** 账单日期: a day of Asia/Shanghai, `2026-11-20`. */
export const BillDate = v.pipe(v.string('must be a string'), v.isoDate('must be a day such as 2026-11-20'))

const common = {
  bill_date: BillDate,
  /** GZIP: a gzip stream instead of plain text. */
  tar_type: v.optional(v.literal('GZIP', 'must be GZIP or left out')),
  sub_mchid: v.optional(Mchid),
}

export const billTypes = ['ALL', 'SUCCESS', 'REFUND'] as const
export type BillType = (typeof billTypes)[number]

export const accountTypes = ['BASIC', 'OPERATION', 'FEES'] as const
export type AccountType = (typeof accountTypes)[number]

export const TradeBillQuery = v.object({ ...common, bill_type: v.optional(v.picklist(billTypes), 'ALL') })
export const FundFlowBillQuery = v.object({ ...common, account_type: v.optional(v.picklist(accountTypes), 'BASIC') })

/** Where the file is, for a short time (30 s to 5 min by source), and the SHA-1 of its unpacked bytes. */
export const BillFile = v.looseObject({
  hash_type: v.string(),
  hash_value: v.string(),
  download_url: v.string(),
})
export type BillFile = v.InferOutput<typeof BillFile>

/** What a download_url carries; it is used exactly as it came. */
export const DownloadQuery = v.object({ token: v.string(), tartype: v.optional(v.string()) })
