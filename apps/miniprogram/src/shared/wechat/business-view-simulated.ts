import type { BusinessViews } from '../phone.ts'
import { createSimulator, type Simulation } from '../wechat-simulated.ts'

interface Visit {
  errMsg: string | null
  page: { title: string; rows: { label: string; value: string }[]; actions: { action: string; label: string }[] } | null
}
/** WeChat's question takes four characters on each button. */
const ANSWER_MAX = 4

/** Pay Score's pages at the local simulator, for WeChat DevTools. A production build does not contain this file. */
export function createSimulatedBusinessViews(simulation: Simulation): BusinessViews {
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
    await act(agreed && first ? first.action : 'back').catch(() => undefined)
    for (const tell of returns) tell()
  }

  return {
    async open({ businessType, extraData }) {
      const act = (action: string) =>
        post<Visit>('open-business-view', { ...shopper(), businessType, extraData, action })
      const { page } = await act('open')
      if (!page) return 'refused'
      void visit(page, act)
      return 'opened'
    },

    onReturn(tell) {
      returns.add(tell)
      return () => returns.delete(tell)
    },
  }
}
