import type { Carrier, Environment } from '../../core/environment.ts'
import { describeError } from '../../core/errors.ts'
import { type FailureKind, reportFailure } from '../../core/failures.ts'
import { setForeground } from '../../core/foreground.ts'
import type { Host } from '../../core/host.ts'
import { createSimulatorClient } from '../../core/simulator-client.ts'
import { startHost } from '../../core/start.ts'
import { carrier } from './carry.ts'
import { loadConfig, loadView } from './config.ts'
import { make, part } from './dom.ts'
import { createLocalStore } from './local-store.ts'
import { openLogicFrame } from './logic-frame.ts'
import { drawNavBar } from './nav-bar.ts'
import { drawPanel, type Panel } from './panel.ts'
import { drawRefreshing, watchPullDown } from './pull-down.ts'
import { followRebuilds } from './rebuilds.ts'
import { currentShopper, newShopper, rememberShopper } from './shopper.ts'
import { drawStatusBar } from './status-bar.ts'
import { drawTabBar, setBadge } from './tab-bar.ts'

const VIEWPORT = { width: 375, height: 760, statusBarHeight: 44, safeAreaBottom: 34, pixelRatio: 2 }

async function main(): Promise<void> {
  followRebuilds()
  drawStatusBar()
  const config = await loadConfig()
  const store = createLocalStore(config.appid)
  const panel = drawPanel(config, () => newShopper(store))
  let host: Host | undefined
  const fail = (error: unknown, kind?: FailureKind): void => {
    if (host) reportFailure(host, error, kind)
    else panel.problem(describeError(error).message)
  }
  const openid = currentShopper(store)
  if (openid) panel.shopper(openid)
  const wechat = createSimulatorClient({
    simulatorUrl: config.simulatorUrl,
    appid: config.appid,
    openid,
    carrier,
    onOpenid: (known) => {
      rememberShopper(known)
      panel.shopper(known)
    },
  })
  const [view, logic] = await Promise.all([loadView(), openLogicFrame({ log: () => {}, fail })])
  const env: Environment = {
    ...view,
    window,
    screen: part('host-screen'),
    overlay: part('host-overlay'),
    hasLayout: true,
    files: config.files,
    logic,
    store,
    carrier: watched(panel),
    wechat,
    appid: config.appid,
    extConfig: { apiBaseUrl: config.apiUrl, simulatorUrl: config.simulatorUrl },
    viewport: VIEWPORT,
    paySheet: 'manual',
    conditions: {},
    domains: undefined,
    emit: (event, { message }) => {
      if (event !== 'App.exceptionThrown') return
      console.error(message)
      panel.problem(String(message))
    },
  }
  const started = start(env, panel)
  host = started
  document.addEventListener('visibilitychange', () => setForeground(started, !document.hidden))
  watchPullDown(started)
}

function start(env: Environment, panel: Panel): Host {
  const path = new URLSearchParams(location.search).get('path')
  return startHost(env, path ? { path: path.replace(/^\//, '') } : {}, {
    routed: (host, page) => {
      panel.routed(page)
      drawNavBar(host, page)
      drawTabBar(host, page)
    },
    refreshing: drawRefreshing,
    badge: setBadge,
  })
}

const watched =
  (panel: Panel): Carrier =>
  async (request) => {
    const { method, url } = request
    const startedMs = performance.now()
    const line = (status: number | string) =>
      panel.request({ method, url, status, ms: Math.round(performance.now() - startedMs) })
    try {
      const response = await carrier(request)
      line(response.status)
      return response
    } catch (error) {
      line('failed')
      throw error
    }
  }

main().catch((error) => {
  const sentence = `The preview could not start: ${describeError(error).message}`
  part('host-panel').append(make('ol', { class: 'panel-problems' }, [make('li', {}, [sentence])]))
})
