import type { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Handlers } from '../../../kernel/handler.ts'
import { orders } from './orders.ts'
import { plans } from './plans.ts'
import { signPlans } from './sign-plans.ts'

/** 支付分计划, answered as the wire reference says; what no source shows is marked GUESS or DERIVED. */
export const handlers: Handlers<typeof endpoints> = { ...plans, ...signPlans, ...orders }
