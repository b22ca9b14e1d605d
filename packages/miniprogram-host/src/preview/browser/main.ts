import type { Environment } from '../../core/environment.ts'
import { describeError } from '../../core/errors.ts'
import { type FailureKind, reportFailure } from '../../core/failures.ts'
import { enterBackground, enterForeground } from '../../core/foreground.ts'
import type { Host } from '../../core/host.ts'
import { environmentOf } from '../../core/run-options.ts'
import { createSimulatorClient } from '../../core/simulator-client.ts'
import { startHost } from '../../core/start.ts'
import { reloadHere, startAddress } from './address.ts'
import { connectAutomator, type PageAutomator } from './automator.ts'
import { carrier } from './carry.ts'
import { loadConfig, loadRegions, loadView, type PreviewConfig } from './config.ts'
import { make, part } from './dom.ts'
import { createLocalStore } from './local-store.ts'
import { openLogicFrame } from './logic-frame.ts'
import { drawNavBar } from './nav-bar.ts'
import { drawPanel, type Panel } from './panel/index.ts'
import { drawRefreshing, watchPullDown } from './pull-down.ts'
import { followRebuilds } from './rebuilds.ts'
import { withSettings } from './settings.ts'
import { currentShopper, newShopper, rememberShopper } from './shopper.ts'
import { socketCarrier } from './sockets.ts'
import { drawStatusBar } from './status-bar.ts'
import { drawTabBar, setBadge } from './tab-bar.ts'
import { watchedCarrier, watchedStore } from './watched.ts'

async function main(): Promise<void> {
  const isBare = new URLSearchParams(location.search).has('bare')
  document.documentElement.toggleAttribute('data-bare', isBare)
  let host: Host | undefined
  followRebuilds(() => reloadHere(host))
  const given = await loadConfig()
  drawStatusBar(given)
  const config = { ...given, run: withSettings(given.run, isBare) }
  const automator = config.automator ? connectAutomator() : undefined
  try {
    const running = await run(config, automator)
    host = running
    automator?.serve(running)
    document.addEventListener('visibilitychange', () =>
      document.hidden ? enterBackground(running) : enterForeground(running),
    )
    watchPullDown(running)
  } catch (error) {
    automator?.fail(error)
    throw error
  }
}

async function run(config: PreviewConfig, automator: PageAutomator | undefined): Promise<Host> {
  const stored = createLocalStore(config.appid)
  const panel = drawPanel(config, () => newShopper(stored))
  const store = watchedStore(stored, () => panel.stored())
  let host: Host | undefined
  const fail = (error: unknown, kind?: FailureKind): void => {
    if (host) reportFailure(host, error, kind)
    else panel.problem(describeError(error).message)
  }
  window.addEventListener('error', ({ error, message }) => fail(error ?? message))
  window.addEventListener('unhandledrejection', ({ reason }) => fail(reason, 'UnhandledRejection'))
  const emit: Environment['emit'] = (event, parameters) => {
    automator?.emit(event, parameters)
    if (event === 'App.logAdded') panel.logged(String(parameters.type), parameters.args as unknown[])
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
    warnings: config.warnings,
    logic,
    store,
    carrier: watchedCarrier(panel),
    sockets: socketCarrier,
    regions: loadRegions,
    wechat: connectWechat(config, currentShopper(store), panel),
    appid: config.appid,
    emit,
  }
  host = startHost(env, startAddress(config.run), {
    routed: (host, page) => {
      panel.routed(host, page)
      drawNavBar(host, page)
      drawTabBar(host, page)
    },
    refreshing: drawRefreshing,
    badge: setBadge,
  })
  panel.started(host)
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

function sizePhone({ width, height, statusBarHeight, safeAreaBottom }: Environment['viewport']): void {
  const phone = part('host-phone')
  const { style } = phone
  style.width = `${width}px`
  style.height = `${height}px`
  style.setProperty('--status', `${statusBarHeight}px`)
  style.setProperty('--safe', `${safeAreaBottom}px`)
  part('host-home').hidden = safeAreaBottom === 0
}

main().catch((error) => {
  const sentence = `The preview could not start: ${describeError(error).message}`
  part('host-panel').append(make('ol', { class: 'panel-problems' }, [make('li', {}, [sentence])]))
})
