import { cards } from '@shouyin/contracts/merchant'
import type { Routing } from '../../kernel/http/routing.ts'
import { checkMerchantCard } from './cards/merchant-check.ts'
import { getMerchantCard } from './cards/merchant-get.ts'
import { listMerchantCards } from './cards/merchant-list.ts'
import { resendRecords } from './records/resend.ts'
import { createCardTemplate } from './templates/create.ts'
import { getCardTemplate } from './templates/merchant-get.ts'
import { listCardTemplates } from './templates/merchant-list.ts'
import { withdrawCardTemplate } from './templates/withdraw.ts'

/** What the shop does with templates and with cards. */
export function mountForShop(routing: Routing): void {
  routing.merchant(cards, {
    createCardTemplate,
    listCardTemplates,
    getCardTemplate,
    withdrawCardTemplate,
    listMerchantCards,
    getMerchantCard,
    checkMerchantCard,
    resendRecords,
  })
}
