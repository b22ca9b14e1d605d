import { lessons, plans } from '@shouyin/contracts/merchant'
import type { Routing } from '../../kernel/http/routing.ts'
import { cancelLesson } from './lessons/cancel.ts'
import { checkLesson } from './lessons/check.ts'
import { completeLesson } from './lessons/complete.ts'
import { getLesson } from './lessons/get.ts'
import { listLessons } from './lessons/list.ts'
import { startLesson } from './lessons/start.ts'
import { createPlan } from './plans/create.ts'
import { getMerchantPlan } from './plans/merchant-get.ts'
import { listMerchantPlans } from './plans/merchant-list.ts'
import { stopPlan } from './plans/stop.ts'
import { listSigners } from './sign-plans/list-signers.ts'
import { getMerchantSignPlan } from './sign-plans/merchant-get.ts'
import { stopSignPlan } from './sign-plans/stop.ts'

/** What the shop does with plans, with who signed them, and with lessons. */
export function mountForShop(routing: Routing): void {
  routing.merchant(plans, {
    createPlan,
    listMerchantPlans,
    getMerchantPlan,
    stopPlan,
    listSigners,
    getMerchantSignPlan,
    stopSignPlan,
  })
  routing.merchant(lessons, { listLessons, getLesson, startLesson, completeLesson, cancelLesson, checkLesson })
}
