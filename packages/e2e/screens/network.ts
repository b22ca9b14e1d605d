import type { Page, Route } from 'playwright-core'
import type { Steady } from './steady.ts'

/** `METHOD /path` of a call of the app, e.g. `POST /api/orders/…/check`. */
export interface Rule {
  readonly call: RegExp
  /** hold: no answer until the rule is lifted · drop: no network · fail: 500 · a function: changes the answer's JSON. */
  readonly does: 'hold' | 'drop' | 'fail' | ((json: string) => string)
}

/** What stands on a screen; the session's end is for the app, not for the eye. */
const isRead = /^\/api\/(?!session$)|\/open-business-view$/

/** As the preview carries it. */
const FAILURE = {
  headers: { 'x-carry-status': '500', 'x-carry-headers': '[]' },
  json: { error: { code: 'INTERNAL', message: 'internal error', requestId: '7f3a9c2e51' } },
}

export type Network = Awaited<ReturnType<typeof createNetwork>>

/** What lies between the phone and the servers. The preview carries every call of the app to one address of its own. */
export async function createNetwork(page: Page, steady: Steady, pictures: { from: string; to: string }) {
  let rules: readonly Rule[] = []
  let lifted = Promise.withResolvers<void>()
  async function carry(route: Route): Promise<void> {
    const request = route.request()
    const headers = request.headers()
    const { pathname } = new URL(headers['x-carry-url'] ?? request.url())
    const call = `${headers['x-carry-method'] ?? request.method()} ${pathname}`
    const ruled = () => rules.find((rule) => rule.call.test(call))?.does
    while (ruled() === 'hold') await lifted.promise
    const does = ruled()
    if (does === 'drop') return route.abort('internetdisconnected')
    if (does === 'fail') return route.fulfill(FAILURE)
    const response = await route.fetch()
    if (!isRead.test(pathname)) return route.fulfill({ response })
    const text = steady.text(await response.text())
    return route.fulfill({ response, body: typeof does === 'function' ? does(text) : text })
  }
  // A page that is closed while one of its calls is held is no failure.
  await page.route(
    (url) => url.pathname === '/-/carry',
    (route) => carry(route).catch(() => {}),
  )
  await page.route(
    (url) => url.origin === pictures.from,
    async (route) => {
      const address = route.request().url().replace(pictures.from, pictures.to)
      await route.fulfill({ response: await route.fetch({ url: address }) }).catch(() => {})
    },
  )
  return {
    /** Replaces what held before, also for calls that were held. */
    set(...next: readonly Rule[]): void {
      rules = next
      lifted.resolve()
      lifted = Promise.withResolvers<void>()
    },
  }
}
