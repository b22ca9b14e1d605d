import { toJsonArguments } from '../automator/log-arguments.ts'
import type { Environment } from '../core/environment.ts'
import { type FailureKind, reportFailure } from '../core/failures.ts'
import type { Host } from '../core/host.ts'
import { environmentOf } from '../core/run-options.ts'
import { createSimulatorClient } from '../core/simulator-client.ts'
import { startHost, stopHost } from '../core/start.ts'
import { readBuild } from './build.ts'
import { fetchCarrier } from './carrier.ts'
import type { LaunchOptions } from './launch.ts'
import { createLogicRealm } from './logic-realm.ts'
import { createMemoryStore } from './memory-store.ts'
import { openProject } from './project.ts'
import { catchRejections } from './rejections.ts'
import { socketCarrier } from './socket-carrier.ts'
import { createViewRealm } from './view-realm.ts'

/** Makes the two realms and starts the app in them; `emit` is told what happens before and after. */
export async function boot(
  options: LaunchOptions,
  emit: Environment['emit'],
): Promise<{ host: Host; stop: () => void }> {
  const { root, appid: projectAppid } = openProject(options.project)
  const { files, styles, warnings, templateSource } = readBuild(root)
  let host: Host | undefined
  const fail = (error: unknown, kind?: FailureKind): void => {
    if (host) reportFailure(host, error, kind)
    else emit('App.exceptionThrown', { message: String(error) })
  }
  const log = (type: string, args: unknown[]): void => emit('App.logAdded', { type, args: toJsonArguments(args) })
  const view = createViewRealm(templateSource)
  const logic = createLogicRealm({ files, log, fail })
  const forgetRejections = catchRejections(logic.Promise, (reason) => fail(reason, 'UnhandledRejection'))
  const stop = (): void => {
    if (host) stopHost(host)
    logic.close()
    view.close()
    forgetRejections()
  }
  try {
    const env: Environment = {
      ...view,
      ...(await connectWechat(options, options.appid ?? projectAppid)),
      ...environmentOf(options),
      files,
      styles,
      warnings,
      logic,
      store: createMemoryStore(options.storage),
      hasLayout: false,
      carrier: fetchCarrier,
      sockets: socketCarrier,
      regions: async () => (await import('@vant/area-data')).areaList,
      emit,
    }
    host = startHost(env, options)
    return { host, stop }
  } catch (error) {
    stop()
    throw error
  }
}

/** The simulator in the part of WeChat, and the appid: given, the project's, or the simulator's own. */
async function connectWechat({ simulatorUrl, openid }: LaunchOptions, known: string | undefined) {
  const wechat = createSimulatorClient({ simulatorUrl, appid: known, openid, carrier: fetchCarrier })
  return { wechat, appid: known ?? (simulatorUrl ? await wechat.appid() : 'touristappid') }
}
