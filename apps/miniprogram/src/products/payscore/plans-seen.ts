import { plans } from '@shouyin/contracts/shopper'
import { api } from './api.ts'

const byId = new Map<string, plans.Plan>()

/** A plan as the server last showed it, for as long as the app lives. */
export const planSeen = (id: string): plans.Plan | undefined => byId.get(id)

const remember = (plan: plans.Plan): void => void byId.set(plan.id, plan)

export async function loadPlan(id: string): Promise<plans.Plan> {
  const plan = await api.call(plans.getPlan, { id })
  remember(plan)
  return plan
}

export async function loadPlans(): Promise<plans.Plan[]> {
  const { plans: onSale } = await api.call(plans.listPlans, {})
  onSale.forEach(remember)
  return onSale
}
