import type { HttpAnswer, HttpRequest } from './client.ts'
import { yuan } from './format.ts'
import { claimOf, type Phone, type Question } from './phone.ts'
import { RequestFailed } from './request-failed.ts'
import type { Storage } from './storage.ts'

const OPENID = 'simulated-openid'
const TIMEOUT_MS = 15_000

/** What the local simulator needs to stand for the shopper's WeChat. */
export interface Simulation {
  simulatorUrl: string
  appid: string
  send: (request: HttpRequest) => Promise<HttpAnswer>
  storage: Storage
  ask: (question: Question) => Promise<boolean>
}

/** The simulator's side that faces phones. */
export function createSimulator({ simulatorUrl, appid, send, storage }: Simulation) {
  return {
    async post<Answer>(path: string, body: object): Promise<Answer> {
      const answer = await send({
        method: 'POST',
        url: `${simulatorUrl}/_sim/client/${path}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        timeoutMs: TIMEOUT_MS,
      })
      if (answer.status === 200) return answer.body as Answer
      throw new RequestFailed({ code: 'SIMULATOR_REFUSED', message: JSON.stringify(answer.body) })
    },
    /** Who it is there, since the last login. */
    shopper: () => ({ appid, openid: storage.read(OPENID) }),
  }
}

/** Login and payment at the local simulator, for WeChat DevTools. A production build does not contain this file. */
export function createSimulatedPhone(simulation: Simulation): Phone {
  const { appid, storage, ask } = simulation
  const { post, shopper } = createSimulator(simulation)

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
          { ...parameters, ...shopper(), action },
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
  }
}
