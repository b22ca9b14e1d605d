import type { Ctx } from '../../../kernel/context.ts'
import type { Card } from '../table.ts'

/** To be written by the owner of the records. The caller has the turn of the card. */
export async function tellCard(_ctx: Ctx, _card: Card): Promise<void> {}
