import type { BusinessViews, CardPages, ViewClaim } from '../phone.ts'
import { createSimulator, type Simulation } from '../wechat-simulated.ts'

interface Visit {
  errMsg: string | null
  page: { title: string; rows: { label: string; value: string }[]; actions: { action: string; label: string }[] } | null
}
/** WeChat's question takes four characters on each button. */
const ANSWER_MAX = 4

/** WeChat's own pages at the local simulator, for WeChat DevTools. A production build does not contain this file. */
export const createSimulatedBusinessViews = (simulation: Simulation): BusinessViews =>
  createVisits(simulation, 'open-business-view', ({ businessType, extraData }) => ({ businessType, extraData }))
export const createSimulatedCardPages = (simulation: Simulation): CardPages =>
  createVisits(simulation, 'navigate-to-mini-program', ({ appId, path }) => ({ appId, path, extraData: {} }))

/** `sent`: what WeChat is given to open a page. */
function createVisits<View>(simulation: Simulation, path: string, sent: (view: View) => object) {
  const { post, shopper } = createSimulator(simulation)
  const returns = new Set<() => void>()

  /** DevTools stays where it is: the page is a question, whose first action is the answer yes. */
  async function visit(page: NonNullable<Visit['page']>, act: (action: string) => Promise<Visit>): Promise<void> {
    const [first] = page.actions
    const agreed = await simulation.ask({
      title: page.title,
      content: page.rows.map(({ label, value }) => `${label} ${value}`).join('\n'),
      yes: first?.label.slice(0, ANSWER_MAX) ?? '好的',
      no: '返回',
    })
    const action = agreed && first ? first.action : 'back'
    const answer = await act(action).catch(() => undefined)
    // WeChat did not do it, and its page says why.
    if (action !== 'back' && answer?.page) return visit(answer.page, act)
    for (const tell of returns) tell()
  }

  return {
    async open(view: View): Promise<ViewClaim> {
      const act = (action: string) => post<Visit>(path, { ...shopper(), ...sent(view), action })
      const { page } = await act('open')
      if (!page) return 'refused'
      void visit(page, act)
      return 'opened'
    },

    onReturn(tell: () => void): () => void {
      returns.add(tell)
      return () => returns.delete(tell)
    },
  }
}
