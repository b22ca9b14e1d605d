import type { HttpAnswer, HttpRequest } from './client.ts'
import { yuan } from './format.ts'
import { claimOf, type Phone, type Question } from './phone.ts'
import { RequestFailed } from './request-failed.ts'
import type { Storage } from './storage.ts'

const OPENID = 'simulated-openid'
const TIMEOUT_MS = 15_000

interface Deps {
  simulatorUrl: string
  appid: string
  send: (request: HttpRequest) => Promise<HttpAnswer>
  storage: Storage
  ask: (question: Question) => Promise<boolean>
}

interface Visit {
  errMsg: string | null
  page: { title: string; rows: { label: string; value: string }[]; actions: { action: string; label: string }[] } | null
}
/** WeChat's question takes four characters on each button. */
const ANSWER_MAX = 4

/** Login, payment and Pay Score's pages at the local simulator, for WeChat DevTools. A production build does not contain this file. */
export function createSimulatedPhone({ simulatorUrl, appid, send, storage, ask }: Deps): Phone {
  async function post<Answer>(path: string, body: object): Promise<Answer> {
    const answer = await send({
      method: 'POST',
      url: `${simulatorUrl}/_sim/client/${path}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      timeoutMs: TIMEOUT_MS,
    })
    if (answer.status === 200) return answer.body as Answer
    throw new RequestFailed({ code: 'SIMULATOR_REFUSED', message: JSON.stringify(answer.body) })
  }

  const returns = new Set<() => void>()
  /** DevTools stays where it is: the page is a question, whose first action is the answer yes. */
  async function visit(page: NonNullable<Visit['page']>, act: (action: string) => Promise<Visit>): Promise<void> {
    const [first] = page.actions
    const agreed = await ask({
      title: page.title,
      content: page.rows.map(({ label, value }) => `${label} ${value}`).join('\n'),
      yes: first?.label.slice(0, ANSWER_MAX) ?? '好的',
      no: '返回',
    })
    await act(agreed && first ? first.action : 'back').catch(() => undefined)
    for (const tell of returns) tell()
  }

  return {
    async login() {
      const openid = storage.read(OPENID)
      const answer = await post<{ code: string; openid: string }>('login', { appid, ...(openid ? { openid } : {}) })
      storage.write(OPENID, answer.openid)
      return answer.code
    },

    async requestPayment(parameters) {
      const act = (action: 'open' | 'pay' | 'cancel') =>
        post<{ errMsg: string | null; sheet: { amountFen: number; description: string; merchantName: string } | null }>(
          'request-payment',
          { ...parameters, appid, openid: storage.read(OPENID), action },
        )
      const { sheet, errMsg } = await act('open')
      if (!sheet) return claimOf(errMsg ?? '')
      const agreed = await ask({
        title: yuan(sheet.amountFen),
        content: `${sheet.merchantName}\n${sheet.description}`,
        yes: '支付',
        no: '取消',
      })
      const paid = await act(agreed ? 'pay' : 'cancel')
      return claimOf(paid.errMsg ?? '')
    },

    async openBusinessView({ businessType, extraData }) {
      const act = (action: string) =>
        post<Visit>('open-business-view', { appid, openid: storage.read(OPENID), businessType, extraData, action })
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
