import { plans } from '@shouyin/contracts/shopper'
import type { Client } from '../../shared/client.ts'
import type { BusinessViews } from '../../shared/phone.ts'
import { RequestFailed } from '../../shared/request-failed.ts'
import { polls, refusals, type SignEvent, type Verdict, type View } from './sign-flow.ts'

export interface SignDeps {
  client: Client
  openBusinessView: BusinessViews['open']
  pause: (ms: number) => Promise<void>
  now: () => number
  /** Leads the shopper, who has just signed, on. */
  enterCourse: (signPlanId: string) => Promise<void>
}

/** One stay in a view. Once it is over, nothing that its work still says has an effect. */
export interface Stay {
  planId: string
  signPlan: { readonly id: string } | undefined
  /** What WeChat's page is opened with, since the server gave it. */
  parameters: { view: plans.BusinessView; at: number } | undefined
  isOver: () => boolean
  send: (event: SignEvent) => void
  /** Keeps the plan of the shopper and goes where it leads. */
  tell: (signPlan: plans.SignPlan) => void
  equip: (signPlan: plans.SignPlan, parameters: Stay['parameters']) => void
  /** The server could not be asked, or has refused. */
  lose: (error: unknown, refusal?: Verdict) => void
}
type Work = (stay: Stay, deps: SignDeps) => Promise<void>

const codeOf = (error: unknown): string => (error instanceof RequestFailed ? error.code : '')

const prepare: Work = async (stay, { client, now }) => {
  try {
    const { signPlan, view } = await client.call(plans.createSignPlan, { id: stay.planId })
    stay.equip(signPlan, { view, at: now() })
  } catch (error) {
    if (codeOf(error) === 'PLAN_ALREADY_SIGNED') await find(stay, client, error)
    else stay.lose(error, refusals[codeOf(error)])
  }
}

const FIND_MAX = 100

/** The one that is signed already. */
async function find(stay: Stay, client: Client, refusal: unknown): Promise<void> {
  try {
    const { signPlans } = await client.call(plans.listSignPlans, { limit: FIND_MAX })
    const live = signPlans.filter(({ status }) => status === 'signed' || status === 'cancelling')
    const signed = live.find(({ planId }) => planId === stay.planId)
    if (signed) stay.tell(signed)
    else stay.lose(refusal)
  } catch (error) {
    stay.lose(error)
  }
}

/** Calls WeChat before anything is waited for: later than the tap it opens no page. */
const openPage: Work = async (stay, { openBusinessView }) => {
  const { parameters } = stay
  const claim = parameters && (await openBusinessView(parameters.view).catch(() => 'refused' as const))
  stay.send(claim ?? 'refused')
}

const poll =
  (delaysMs: readonly number[]): Work =>
  async (stay, { client, pause }) => {
    for (const delayMs of delaysMs) {
      await pause(delayMs)
      if (stay.isOver() || !stay.signPlan) return
      try {
        stay.tell(await client.call(plans.checkSignPlan, { id: stay.signPlan.id }))
      } catch (error) {
        // Not found: of another shopper, who had this phone before.
        stay.lose(error, codeOf(error) === 'SIGN_PLAN_NOT_FOUND' ? 'says-lapsed' : undefined)
      }
    }
    stay.send('gave-up')
  }

const enter: Work = async ({ signPlan }, { enterCourse }) => {
  if (signPlan) await enterCourse(signPlan.id)
}

/** What a view does when it is entered; the others wait for the shopper. */
export const viewWork: Readonly<Partial<Record<View, Work>>> = {
  preparing: prepare,
  opening: openPage,
  confirming: poll(polls.confirming),
  unsigned: prepare,
  again: poll(polls.again),
  signed: enter,
}
