import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { RunOptions } from '../core/run-options.ts'
import type { Build } from '../node/build.ts'
import { type Asset, browserModule, fontAsset, staticAsset, vendorModule } from './assets.ts'
import { BARE_STYLE } from './bare-style.ts'
import { CARRY } from './browser/carry.ts'
import type { PreviewConfig } from './browser/config.ts'
import { createCarry } from './carry.ts'
import { FUNCTION_PATH, type FunctionScripts } from './function-scripts.ts'
import { LOGIC_BOOT, LOGIC_POLICY, logicPage, wrapLogicModule } from './logic-page.ts'
import { isLoopbackHost } from './origin.ts'
import { PAGE, pagePolicy } from './page.ts'
import { STYLE } from './style.ts'

export interface PreviewState {
  root: string
  build: Build
  appid: string
  apiUrl: string | undefined
  simulatorUrl: string | undefined
  /** Origins that requests are carried to; undefined for any. */
  targets: readonly string[] | undefined
  run: RunOptions
  /** Whether pages should connect for automator clients. */
  automator: boolean
  functions: FunctionScripts
  /** One per open page: called after a rebuild. */
  reloads: Set<() => void>
}

const asset = (context: Context, found: Asset | undefined) =>
  found ? context.body(found.body, 200, { 'content-type': found.type }) : context.notFound()

/** What is no valid escape stays as it is, and names no file. */
function restOf(context: Context, prefix: string): string {
  const rest = context.req.path.slice(prefix.length)
  try {
    return decodeURIComponent(rest)
  } catch {
    return rest
  }
}

export function createPreviewApp(state: PreviewState): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    if (!isLoopbackHost(context.req.header('host')))
      return context.text('This preview answers on loopback names only.', 403)
    await next()
    context.header('cache-control', 'no-store')
    context.header('x-content-type-options', 'nosniff')
    // The app's scripts are no business of a page of another site.
    context.header('cross-origin-resource-policy', 'same-origin')
  })
  app.get('/', (context) =>
    context.html(PAGE, 200, { 'content-security-policy': pagePolicy(state.targets ?? ['http:']) }),
  )
  app.get('/-/style.css', (context) => asset(context, { body: STYLE + BARE_STYLE, type: 'text/css' }))
  app.get('/-/app/*', (context) => asset(context, browserModule(restOf(context, '/-/app/'))))
  app.get('/-/vendor/*', (context) => asset(context, vendorModule(restOf(context, '/-/vendor/'))))
  app.get('/-/fonts/*', (context) => asset(context, fontAsset(restOf(context, '/-/fonts/'))))
  app.get('/-/build/*', (context) => asset(context, staticAsset(state.root, restOf(context, '/-/build/'))))
  app.get('/-/config.json', ({ json }) => json(describe(state)))
  app.get('/-/templates.js', (context) => script(context, `export default (${state.build.templateSource})`))
  app.get('/-/events', (context) => events(context, state))
  app.post(CARRY.path, createCarry(state.targets))
  addLogicRoutes(app, state)
  return app
}

const script = (context: Context, body: string) => asset(context, { body, type: 'text/javascript; charset=utf-8' })

function describe({ build, appid, apiUrl, simulatorUrl, run, automator }: PreviewState): PreviewConfig {
  const { styles, warnings } = build
  const texts = Object.entries(build.files).filter(([file]) => file.endsWith('.json'))
  return { appid, apiUrl, simulatorUrl, run, automator, files: Object.fromEntries(texts), styles, warnings }
}

function addLogicRoutes(app: Hono, state: PreviewState): void {
  app.get('/-/logic', (context) => {
    const modules = Object.keys(state.build.files).filter((file) => file.endsWith('.js'))
    return context.html(logicPage(modules), 200, { 'content-security-policy': LOGIC_POLICY })
  })
  app.get('/-/logic/boot.js', (context) => script(context, LOGIC_BOOT))
  app.get('/-/logic/module/*', (context) => {
    const path = restOf(context, '/-/logic/module/')
    const code = Object.hasOwn(state.build.files, path) ? state.build.files[path] : undefined
    return code === undefined ? context.notFound() : script(context, wrapLogicModule(path, code))
  })
  app.get(`${FUNCTION_PATH}:id`, (context) => {
    const { path } = context.req
    const declaration = state.functions.take(path)
    return declaration ? script(context, wrapLogicModule(path, `return (${declaration}\n)`)) : context.notFound()
  })
}

/** Server-sent events: one `reload` per rebuild. */
function events(context: Context, state: PreviewState) {
  return streamSSE(context, async (stream) => {
    const reload = (): void => void stream.writeSSE({ event: 'reload', data: '' })
    state.reloads.add(reload)
    await stream.writeSSE({ event: 'hello', data: '' })
    await new Promise<void>((resolve) => stream.onAbort(resolve))
    state.reloads.delete(reload)
  })
}
