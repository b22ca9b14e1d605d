import type { uses } from '@shouyin/contracts/merchant'
import type { ServiceUse } from '../table.ts'

/** What the shop sees of it. */
export const viewUse = (use: ServiceUse): uses.Use => ({
  id: use.id,
  orderId: use.order_id,
  goodsId: use.goods_id,
  quantity: use.quantity,
  usedAt: use.used_at.toISOString(),
  usedBy: use.used_by,
  undoneAt: use.undone_at?.toISOString() ?? null,
})
