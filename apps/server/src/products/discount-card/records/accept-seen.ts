import type { schema } from '@shouyin/wechatpay-core/discount-card'
import type { Tx } from '../../../kernel/db.ts'
import type { Card } from '../table.ts'

/** To be written by the owner of the records. `card` is locked; `said`: what WeChat Pay says of it, signed. */
export async function acceptSeen(_tx: Tx, _card: Card, _said: schema.Card, _now: Date): Promise<void> {}
