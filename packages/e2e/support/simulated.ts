import { startSimulator } from '@shouyin/simulator'
import { exchange } from './http.ts'

export interface Transaction {
  readonly outTradeNo: string
  readonly tradeState: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'
  readonly transactionId: string | null
  readonly prepayIds: readonly string[]
  readonly amountFen: number
}

export interface Fault {
  readonly match?: { method?: string; path?: string; outTradeNo?: string; eventType?: string }
  readonly kind: string
  readonly [parameter: string]: unknown
}

/** The local WeChat Pay in this process, and its control calls. */
export type Simulated = Awaited<ReturnType<typeof startSimulated>>

export async function startSimulated() {
  const { url, close } = await startSimulator()
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await exchange(method, `${url}/_sim${path}`, { body })
    if (answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body as T
  }
  return {
    url,
    call,
    close,
    transaction: (outTradeNo: string) => call<Transaction>('GET', `/transactions/${outTradeNo}`),
    transactions: async () => (await call<{ transactions: Transaction[] }>('GET', '/transactions')).transactions,
    pay: (outTradeNo: string) => call<Transaction>('POST', `/transactions/${outTradeNo}/pay`, {}),
    advance: (seconds: number) => call<{ deliveries: number }>('POST', '/clock/advance', { seconds }),
    faults: async (...faults: readonly Fault[]) =>
      (await call<{ faults: { id: string; fired: number }[] }>('PUT', '/faults', { faults })).faults,
    release: (faultId: string | undefined) => call('POST', `/faults/${faultId}/release`),
    setSwitches: (switches: Readonly<Record<string, unknown>>) => call('PUT', '/switches', switches),
  }
}
