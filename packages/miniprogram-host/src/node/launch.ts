import type { Environment } from '../core/environment.ts'
import { HostError } from '../core/errors.ts'
import { reportFailure } from '../core/failures.ts'
import type { Host } from '../core/host.ts'
import { createSimulatorClient } from '../core/simulator-client.ts'
import { settle, startHost, stopHost } from '../core/start.ts'
import { answerPaymentSheet, sheetAmount } from '../shell/payment-sheet.ts'
import { type AutomatorServer, openAutomatorServer } from './automator-server.ts'
import { readBuild } from './build.ts'
import { fetchCarrier } from './carrier.ts'
import { toJsonArguments } from './log-arguments.ts'
import { createLogicRealm } from './logic-realm.ts'
import { createMemoryStore, readStore } from './memory-store.ts'
import { openProject } from './project.ts'
import { catchRejections } from './rejections.ts'
import { createViewRealm } from './view-realm.ts'

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

const VIEWPORT = { width: 375, height: 760, statusBarHeight: 44, safeAreaBottom: 34 }

/** Runs a mini-program's build in this process; drive it with `automator.connect({ wsEndpoint })`. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const server = await openAutomatorServer(options.port ?? 0)
  try {
    return await start(options, server)
  } catch (error) {
    await server.close()
    throw error
  }
}

async function start(options: LaunchOptions, server: AutomatorServer): Promise<Launched> {
  const project = openProject(options.project)
  const build = readBuild(project.root)
  const view = createViewRealm(build.templateSource)
  let host: Host | undefined
  let openid = options.openid
  const fail = (error: unknown): void => {
    if (host) reportFailure(host, error)
    else server.emit('App.exceptionThrown', { message: String(error) })
  }
  const logic = createLogicRealm({
    files: build.files,
    log: (type, args) => server.emit('App.logAdded', { type, args: toJsonArguments(args) }),
    fail,
  })
  const givenAppid = options.appid ?? project.appid
  const wechat = createSimulatorClient({
    simulatorUrl: options.simulatorUrl,
    appid: givenAppid,
    openid,
    carrier: fetchCarrier,
    onOpenid: (known) => {
      openid = known
    },
  })
  const store = createMemoryStore(options.storage)
  const env: Environment = {
    ...view,
    hasLayout: false,
    files: build.files,
    logic,
    store,
    carrier: fetchCarrier,
    wechat,
    appid: givenAppid ?? (options.simulatorUrl ? await wechat.appid() : 'touristappid'),
    extConfig: options.extConfig ?? {},
    viewport: VIEWPORT,
    paySheet: options.sheet ?? 'manual',
    emit: server.emit,
  }
  const forgetRejections = catchRejections(logic.Promise, fail)
  const started = startHost(env, options)
  host = started
  server.serve(started)
  await settle(started)
  const answer = (choice: 'pay' | 'cancel') => (): void => {
    if (!answerPaymentSheet(started, choice))
      throw new HostError('No payment sheet is open: wait until the app asks for payment.')
  }
  return {
    wsEndpoint: server.wsEndpoint,
    host: started,
    sheet: { amount: () => sheetAmount(started), pay: answer('pay'), cancel: answer('cancel') },
    openid: () => openid,
    storage: () => readStore(store),
    close: async () => {
      stopHost(started)
      logic.close()
      await server.close()
      view.close()
      forgetRejections()
    },
  }
}
