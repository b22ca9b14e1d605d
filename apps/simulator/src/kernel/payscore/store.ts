import type { Events } from '../events.ts'
import { describeOrder, describePlan, describeSignPlan } from './describe.ts'
import type { StoredPayScore, StoredPlan, StoredService, StoredServiceOrder, StoredSignPlan } from './stored.ts'

const keyOf = (mchid: string, number: string) => `${mchid} ${number}`

/** Services, plans, signed plans and service orders of one world. Whoever changes one says so by `changed…`. */
export class PayScoreStore {
  readonly #events: Events
  readonly #services = new Map<string, StoredService>()
  readonly #plans = new Map<string, StoredPlan>()
  readonly #signPlans = new Map<string, StoredSignPlan>()
  readonly #orders = new Map<string, StoredServiceOrder>()

  constructor(events: Events) {
    this.#events = events
  }

  /** A merchant's services, the default one first. */
  services(mchid: string): StoredService[] {
    return [...this.#services.values()].filter((service) => service.mchid === mchid)
  }

  service(serviceId: string): StoredService | undefined {
    return this.#services.get(serviceId)
  }

  plan(mchid: string, merchantPlanNo: string): StoredPlan | undefined {
    return this.#plans.get(keyOf(mchid, merchantPlanNo))
  }

  planById(planId: string): StoredPlan | undefined {
    return this.plans().find((plan) => plan.planId === planId)
  }

  signPlan(mchid: string, merchantSignPlanNo: string): StoredSignPlan | undefined {
    return this.#signPlans.get(keyOf(mchid, merchantSignPlanNo))
  }

  signPlanById(signPlanId: string): StoredSignPlan | undefined {
    return this.signPlans().find((signPlan) => signPlan.signPlanId === signPlanId)
  }

  signPlanByPackage(text: string): StoredSignPlan | undefined {
    return this.signPlans().find(({ packages }) => packages.some((one) => one.text === text))
  }

  order(mchid: string, outOrderNo: string): StoredServiceOrder | undefined {
    return this.#orders.get(keyOf(mchid, outOrderNo))
  }

  orderByQueryId(mchid: string, queryId: string): StoredServiceOrder | undefined {
    return this.orders().find((order) => order.mchid === mchid && order.queryId === queryId)
  }

  /** The service orders of one signed plan, oldest first. */
  ordersOf(signPlanId: string): StoredServiceOrder[] {
    return [...this.#orders.values()].filter((order) => order.signPlanId === signPlanId)
  }

  /** Newest first. */
  plans(): StoredPlan[] {
    return [...this.#plans.values()].reverse()
  }

  signPlans(): StoredSignPlan[] {
    return [...this.#signPlans.values()].reverse()
  }

  orders(): StoredServiceOrder[] {
    return [...this.#orders.values()].reverse()
  }

  putService(service: StoredService): void {
    this.#services.set(service.serviceId, service)
  }

  /** Adds one, or says that it has changed. */
  putPlan(plan: StoredPlan): void {
    this.#plans.set(keyOf(plan.mchid, plan.merchantPlanNo), plan)
    this.#events.publish('payscore-plan', describePlan(plan))
  }

  putSignPlan(signPlan: StoredSignPlan): void {
    this.#signPlans.set(keyOf(signPlan.mchid, signPlan.merchantSignPlanNo), signPlan)
    this.#events.publish('payscore-sign-plan', describeSignPlan(signPlan))
  }

  putOrder(order: StoredServiceOrder): void {
    this.#orders.set(keyOf(order.mchid, order.outOrderNo), order)
    this.#events.publish('payscore-order', describeOrder(order))
  }

  /** Remembers all plans, signed plans and orders. @returns how to put them back */
  checkpoint(): () => void {
    const before = structuredClone(this.store())
    return () => {
      this.#plans.clear()
      this.#signPlans.clear()
      this.#orders.clear()
      this.restore(before)
    }
  }

  store(): StoredPayScore {
    return {
      services: [...this.#services.values()],
      plans: [...this.#plans.values()],
      signPlans: [...this.#signPlans.values()],
      orders: [...this.#orders.values()],
    }
  }

  restore({ services, plans, signPlans, orders }: StoredPayScore): void {
    for (const service of services) this.#services.set(service.serviceId, service)
    for (const plan of plans) this.#plans.set(keyOf(plan.mchid, plan.merchantPlanNo), plan)
    for (const one of signPlans) this.#signPlans.set(keyOf(one.mchid, one.merchantSignPlanNo), one)
    for (const order of orders) this.#orders.set(keyOf(order.mchid, order.outOrderNo), order)
  }

  /** Services stay: they are part of a merchant's opening, as his keys are. */
  clear(): void {
    this.#plans.clear()
    this.#signPlans.clear()
    this.#orders.clear()
  }
}
