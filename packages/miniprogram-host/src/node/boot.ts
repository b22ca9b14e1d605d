import type { Environment, KeyValueStore } from '../core/environment.ts'
import { type FailureKind, reportFailure } from '../core/failures.ts'
import type { Host } from '../core/host.ts'
import { createSimulatorClient } from '../core/simulator-client.ts'
import { settle, startHost, stopHost } from '../core/start.ts'
import type { AutomatorServer } from './automator-server.ts'
import { readBuild } from './build.ts'
import { fetchCarrier } from './carrier.ts'
import type { LaunchOptions } from './launch.ts'
import { toJsonArguments } from './log-arguments.ts'
import { createLogicRealm } from './logic-realm.ts'
import { createMemoryStore } from './memory-store.ts'
import { openProject } from './project.ts'
import { catchRejections } from './rejections.ts'
import { createViewRealm } from './view-realm.ts'

export interface Booted {
  host: Host
  store: KeyValueStore
  openid(): string | undefined
  close(): void
}

const VIEWPORT = { width: 375, height: 760, statusBarHeight: 44, safeAreaBottom: 34, pixelRatio: 2 }

/** Makes the two realms, starts the app in them and lets the server answer for it. */
export async function boot(options: LaunchOptions, server: AutomatorServer): Promise<Booted> {
  const { root, appid: projectAppid } = openProject(options.project)
  const { files, templateSource } = readBuild(root)
  let host: Host | undefined
  const fail = (error: unknown, kind?: FailureKind): void => {
    if (host) reportFailure(host, error, kind)
    else server.emit('App.exceptionThrown', { message: String(error) })
  }
  const log = (type: string, args: unknown[]): void =>
    server.emit('App.logAdded', { type, args: toJsonArguments(args) })
  const view = createViewRealm(templateSource)
  const logic = createLogicRealm({ files, log, fail })
  const forgetRejections = catchRejections(logic.Promise, (reason) => fail(reason, 'UnhandledRejection'))
  const close = (): void => {
    if (host) stopHost(host)
    logic.close()
    view.close()
    forgetRejections()
  }
  try {
    const store = createMemoryStore(options.storage)
    const { openid, ...wechat } = await connectWechat(options, options.appid ?? projectAppid)
    const given = {
      extConfig: options.extConfig ?? {},
      paySheet: options.sheet ?? 'manual',
      viewport: VIEWPORT,
      conditions: options.conditions ?? {},
      domains: options.domains,
    }
    const env: Environment = {
      ...view,
      ...wechat,
      ...given,
      files,
      logic,
      store,
      hasLayout: false,
      carrier: fetchCarrier,
      emit: server.emit,
    }
    host = startHost(env, options)
    server.serve(host)
    await settle(host)
    return { host, store, openid, close }
  } catch (error) {
    close()
    throw error
  }
}

/** The simulator in the part of WeChat, and the appid: given, the project's, or the simulator's own. */
async function connectWechat({ simulatorUrl, openid: given }: LaunchOptions, known: string | undefined) {
  let openid = given
  const wechat = createSimulatorClient({
    simulatorUrl,
    appid: known,
    openid,
    carrier: fetchCarrier,
    onOpenid: (named) => {
      openid = named
    },
  })
  const appid = known ?? (simulatorUrl ? await wechat.appid() : 'touristappid')
  return { wechat, appid, openid: () => openid }
}
