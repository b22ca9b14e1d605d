import type { Carrier, Environment } from '../../core/environment.ts'
import { describeError } from '../../core/errors.ts'
import { type FailureKind, reportFailure } from '../../core/failures.ts'
import { setForeground } from '../../core/foreground.ts'
import type { Host } from '../../core/host.ts'
import { environmentOf } from '../../core/run-options.ts'
import { createSimulatorClient } from '../../core/simulator-client.ts'
import { startHost } from '../../core/start.ts'
import { connectAutomator, type PageAutomator } from './automator.ts'
import { carrier } from './carry.ts'
import { loadConfig, loadRegions, loadView, type PreviewConfig } from './config.ts'
import { make, part } from './dom.ts'
import { createLocalStore } from './local-store.ts'
import { openLogicFrame } from './logic-frame.ts'
import { drawNavBar } from './nav-bar.ts'
import { drawPanel, type Panel } from './panel.ts'
import { drawRefreshing, watchPullDown } from './pull-down.ts'
import { followRebuilds } from './rebuilds.ts'
import { currentShopper, newShopper, rememberShopper } from './shopper.ts'
import { socketCarrier } from './sockets.ts'
import { drawStatusBar } from './status-bar.ts'
import { drawTabBar, setBadge } from './tab-bar.ts'

async function main(): Promise<void> {
  document.documentElement.toggleAttribute('data-bare', new URLSearchParams(location.search).has('bare'))
  followRebuilds()
  drawStatusBar()
  const config = await loadConfig()
  const automator = config.automator ? connectAutomator() : undefined
  try {
    const host = await run(config, automator)
    automator?.serve(host)
    document.addEventListener('visibilitychange', () => setForeground(host, !document.hidden))
    watchPullDown(host)
  } catch (error) {
    automator?.fail(error)
    throw error
  }
}

async function run(config: PreviewConfig, automator: PageAutomator | undefined): Promise<Host> {
  const store = createLocalStore(config.appid)
  const panel = drawPanel(config, () => newShopper(store))
  let host: Host | undefined
  const fail = (error: unknown, kind?: FailureKind): void => {
    if (host) reportFailure(host, error, kind)
    else panel.problem(describeError(error).message)
  }
  window.addEventListener('error', ({ error, message }) => fail(error ?? message))
  window.addEventListener('unhandledrejection', ({ reason }) => fail(reason, 'UnhandledRejection'))
  const emit: Environment['emit'] = (event, parameters) => {
    automator?.emit(event, parameters)
    if (event !== 'App.exceptionThrown') return
    console.error(parameters.message)
    panel.problem(String(parameters.message))
  }
  const [view, logic] = await Promise.all([loadView(), openLogicFrame({ emit, fail })])
  const settings = environmentOf(config.run)
  sizePhone(settings.viewport)
  const env: Environment = {
    ...view,
    ...settings,
    window,
    screen: part('host-screen'),
    overlay: part('host-overlay'),
    hasLayout: true,
    files: config.files,
    styles: config.styles,
    logic,
    store,
    carrier: watched(panel),
    sockets: socketCarrier,
    regions: loadRegions,
    wechat: connectWechat(config, currentShopper(store), panel),
    appid: config.appid,
    emit,
  }
  host = startHost(env, addressOf(config), {
    routed: (host, page) => {
      panel.routed(page)
      drawNavBar(host, page)
      drawTabBar(host, page)
    },
    refreshing: drawRefreshing,
    badge: setBadge,
  })
  return host
}

function connectWechat({ simulatorUrl, appid }: PreviewConfig, openid: string | undefined, panel: Panel) {
  if (openid) panel.shopper(openid)
  const onOpenid = (known: string): void => {
    rememberShopper(known)
    panel.shopper(known)
  }
  return createSimulatorClient({ simulatorUrl, appid, openid, carrier, onOpenid })
}

/** What the page's own address asks for comes before what the server was started with. */
function addressOf({ run }: PreviewConfig): PreviewConfig['run'] {
  const path = new URLSearchParams(location.search).get('path')
  return path === null ? run : { ...run, path: path.replace(/^\//, ''), query: {} }
}

function sizePhone({ width, height }: Environment['viewport']): void {
  const { style } = part('host-phone')
  style.width = `${width}px`
  style.height = `${height}px`
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
