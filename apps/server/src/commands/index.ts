import { auditVerify } from './audit-verify.ts'
import { cardsList } from './cards.ts'
import { cardsResend } from './cards-resend.ts'
import type { Command } from './command.ts'
import { doctor } from './doctor.ts'
import { keysCreate } from './keys-create.ts'
import { keysList } from './keys-list.ts'
import { keysRevoke } from './keys-revoke.ts'
import { lessonsList } from './lessons.ts'
import { lessonsCancel } from './lessons-cancel.ts'
import { lessonsComplete } from './lessons-complete.ts'
import { lessonsStart } from './lessons-start.ts'
import { migrate } from './migrate.ts'
import { ordersUse } from './orders-use.ts'
import { reconcile } from './reconcile.ts'

/** Every command, one file each, in the order in which they are listed. */
export const commands: Readonly<Record<string, Command>> = {
  migrate,
  'keys:create': keysCreate,
  'keys:list': keysList,
  'keys:revoke': keysRevoke,
  'audit:verify': auditVerify,
  doctor,
  reconcile,
  lessons: lessonsList,
  'lessons:start': lessonsStart,
  'lessons:complete': lessonsComplete,
  'lessons:cancel': lessonsCancel,
  cards: cardsList,
  'cards:resend': cardsResend,
  'orders:use': ordersUse,
}
