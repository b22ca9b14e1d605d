import type { file } from '@shouyin/wechatpay-core/bills'
import type { AccountType, FundEntry } from '../../../kernel/funds.ts'
import type { World } from '../../../kernel/world.ts'

type FundFlowRow = file.FundFlowRow

/** What changed one account on that day, oldest first, each with the balance after it. */
export const fundRows = (
  world: World,
  mchid: string,
  account: AccountType,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): FundFlowRow[] => world.funds.entries(mchid, account, fromMs, toMs).map(toRow)

const toRow = (entry: FundEntry): FundFlowRow => ({
  bookedAt: new Date(entry.atMs),
  businessId: entry.businessNo,
  flowId: entry.flowNo,
  businessName: entry.businessName,
  businessType: entry.businessType,
  direction: entry.amountFen > 0 ? 'in' : 'out',
  amountFen: Math.abs(entry.amountFen),
  balanceFen: entry.balanceFen,
  submitter: entry.applicant,
  remark: entry.remark,
  voucherNo: entry.voucherNo,
})
