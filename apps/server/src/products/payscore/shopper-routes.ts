import { lessons, plans } from '@shouyin/contracts/shopper'
import type { Routing } from '../../kernel/http/routing.ts'
import { viewLesson } from './lessons/page.ts'
import { payLesson } from './lessons/pay.ts'
import { getPlan } from './plans/get.ts'
import { listPlans } from './plans/list.ts'
import { cancelSignPlan } from './sign-plans/cancel.ts'
import { checkSignPlan } from './sign-plans/check.ts'
import { createSignPlan } from './sign-plans/create.ts'
import { getSignPlan } from './sign-plans/get.ts'
import { listSignPlans } from './sign-plans/list.ts'

/** Anybody may look at plans; who buys one has a session. */
const { listPlans: list, getPlan: get, ...bought } = plans

/** What shoppers do with plans, and with lessons of their own. */
export function mountForShoppers(routing: Routing): void {
  routing.open({ listPlans: list, getPlan: get }, { listPlans, getPlan })
  routing.shopper(bought, { createSignPlan, listSignPlans, getSignPlan, checkSignPlan, cancelSignPlan })
  routing.shopper(lessons, { payLesson, viewLesson })
}
