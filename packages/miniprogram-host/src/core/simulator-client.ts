import type { Carrier, PaymentAnswer, VisitAnswer, WechatClient } from './environment.ts'
import { causeOf, HostError } from './errors.ts'
import { isRecord } from './json.ts'

export interface SimulatorClientOptions {
  /** Base URL of the simulator; without it login and payment fail with a sentence that says so. */
  simulatorUrl: string | undefined
  appid: string | undefined
  /** The shopper; the simulator names one when there is none yet. */
  openid: string | undefined
  carrier: Carrier
  onOpenid?(openid: string): void
}

class NotThere extends HostError {}

const NO_SIMULATOR = 'there is no simulator: start the host with the URL of one'
const TIMEOUT_MS = 30_000

/** Plays the user's WeChat against the simulator's `/_sim/client/*`. */
export function createSimulatorClient(options: SimulatorClientOptions): WechatClient {
  let { appid, openid } = options
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Record<string, unknown>> => {
    if (!options.simulatorUrl) throw new HostError(NO_SIMULATOR)
    const asked = options.carrier({
      url: new URL(path, options.simulatorUrl).href,
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const response = await asked.catch((error: unknown) => {
      throw new HostError(`the simulator at ${options.simulatorUrl} does not answer: ${causeOf(error).message}`)
    })
    const text = await new Response(response.body).text()
    if (response.status === 404) throw new NotThere(`the simulator has no ${path}`)
    if (response.status >= 300) throw new HostError(`the simulator answered ${response.status} to ${path}: ${text}`)
    const answer: unknown = JSON.parse(text)
    return isRecord(answer) ? answer : {}
  }
  const ownAppid = async (): Promise<string> => {
    appid ??= String((await ask('GET', '/_sim/merchant')).appid)
    return appid
  }
  const login = async () => {
    const who = openid === undefined ? {} : { openid }
    const answer = await ask('POST', '/_sim/client/login', { appid: await ownAppid(), ...who })
    openid = String(answer.openid)
    options.onOpenid?.(openid)
    return { code: String(answer.code), openid }
  }
  const asUser = async (given: Record<string, unknown>) => {
    const payer = openid ?? (await login()).openid
    return { appid: await ownAppid(), openid: payer, ...given }
  }
  return {
    appid: ownAppid,
    openid: () => openid,
    login,
    payment: async (parameters, action) => {
      const request = await asUser({ ...parameters, action })
      return (await ask('POST', '/_sim/client/request-payment', request)) as unknown as PaymentAnswer
    },
    visit: async (kind, parameters, action) => {
      const request = await asUser({ ...parameters, action })
      try {
        return (await ask('POST', `/_sim/client/${kind}`, request)) as unknown as VisitAnswer
      } catch (error) {
        if (error instanceof NotThere) return undefined
        throw error
      }
    },
  }
}
