import type { Conditions } from '../core/conditions.ts'
import type { DomainLists } from '../core/environment.ts'
import { HostError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import { answerPaymentSheet, sheetAmount } from '../shell/payment-sheet.ts'
import { openAutomatorServer } from './automator-server.ts'
import { boot } from './boot.ts'
import { readStore } from './memory-store.ts'

export interface LaunchOptions {
  /** A folder with project.config.json or app.json. */
  project: string
  mode?: 'node'
  /** Where `wx.login` and `wx.requestPayment` go. */
  simulatorUrl?: string
  /** What `wx.getExtConfigSync` answers, for instance the addresses that a development build should use. */
  extConfig?: Record<string, unknown>
  appid?: string
  openid?: string
  /** Of the automator WebSocket; 0 (default) takes a free one. */
  port?: number
  /** Cold start on this page, without or with a query. */
  path?: string
  query?: Record<string, string>
  scene?: number
  /** What `wx` storage holds at the start. */
  storage?: Record<string, unknown>
  /** `manual` (default) leaves the payment sheet to `#sheet-pay` and `#sheet-cancel`. */
  sheet?: 'manual' | 'pay' | 'cancel'
  /** Offline, dark, large text, privacy not agreed to yet: as it is at the start. */
  conditions?: Partial<Conditions>
  /** Legal addresses (服务器域名). Default: any, as with DevTools' 不校验合法域名. */
  domains?: DomainLists
}

export interface Launched {
  wsEndpoint: string
  host: Host
  sheet: {
    /** The amount as shown (¥12.00), undefined while no sheet is open. */
    amount(): string | undefined
    /** Taps the button of the open sheet. */
    pay(): void
    cancel(): void
  }
  /** The shopper after the first `wx.login`. */
  openid(): string | undefined
  /** What `wx` storage holds now. */
  storage(): Record<string, unknown>
  close(): Promise<void>
}

/** Runs a mini-program's build in this process; drive it with `automator.connect({ wsEndpoint })`. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const server = await openAutomatorServer(options.port ?? 0)
  try {
    const { host, store, openid, close } = await boot(options, server)
    const answer = (choice: 'pay' | 'cancel') => (): void => {
      if (!answerPaymentSheet(host, choice)) {
        throw new HostError('No payment sheet is open: wait until the app asks for payment.')
      }
    }
    return {
      wsEndpoint: server.wsEndpoint,
      host,
      sheet: { amount: () => sheetAmount(host), pay: answer('pay'), cancel: answer('cancel') },
      openid,
      storage: () => readStore(store),
      close: async () => {
        close()
        await server.close()
      },
    }
  } catch (error) {
    await server.close()
    throw error
  }
}
