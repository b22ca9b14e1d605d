import type { AccessTokenTable } from './kernel/access-token.table.ts'
import type { AlarmTurnTable } from './kernel/alarm-turn.table.ts'
import type { AuditEntryTable, AuditSealTable } from './kernel/audit.table.ts'
import type { BackupTable } from './kernel/backup.table.ts'
import type { IdempotencyKeyTable } from './kernel/idempotency.table.ts'
import type { NotificationInboxTable } from './kernel/inbox.table.ts'
import type { MerchantKeyTable } from './kernel/merchant-key.table.ts'
import type { SessionTable, WechatUserTable } from './kernel/session.table.ts'
import type { LedgerTables } from './ledger/table.ts'
import type { BillsTables } from './products/bills/table.ts'
import type { DiscountCardTables } from './products/discount-card/table.ts'
import type { PaymentsTables } from './products/payments/table.ts'
import type { PayScoreTables } from './products/payscore/table.ts'
import type { ShippingTables } from './products/shipping/table.ts'
import type { ShopTables } from './shop/table.ts'

interface KernelTables {
  wechat_user: WechatUserTable
  session: SessionTable
  idempotency_key: IdempotencyKeyTable
  notification_inbox: NotificationInboxTable
  merchant_key: MerchantKeyTable
  audit_entry: AuditEntryTable
  audit_seal: AuditSealTable
  alarm_turn: AlarmTurnTable
  access_token: AccessTokenTable
  backup: BackupTable
}

/** Every table, by the room that owns it. */
export interface Database
  extends KernelTables,
    LedgerTables,
    ShopTables,
    PaymentsTables,
    BillsTables,
    ShippingTables,
    PayScoreTables,
    DiscountCardTables {}
