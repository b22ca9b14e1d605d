import { type reports as reportRoutes, session as routes } from '@shouyin/contracts/shopper'
import { type Client, createClient } from './client.ts'
import { pause } from './pause.ts'
import { createReports } from './reports.ts'
import { createSession } from './session.ts'
import { addresses, onThrown, pagePaths, phone, send, storage, versions } from './wechat.ts'

const session = createSession({
  storage,
  login: () => phone.login(),
  exchange: (code) => api.call(routes.createSession, { code }),
})

const reportsPath: typeof reportRoutes.sendReports.path = '/api/reports'

/** Written by hand rather than called as a route: a report that fails must not lead to one more, and the route is big. */
const report = createReports({
  send: (reports) =>
    send({
      method: 'POST',
      url: addresses.apiBaseUrl + reportsPath,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...versions(), reports }),
      timeoutMs: 5000,
    }),
  page: () => pagePaths().pop(),
  pause,
})
onThrown((kind, thrown) => report({ kind }, thrown))

/** The server, as this shopper. */
export const api: Client = createClient({
  baseUrl: addresses.apiBaseUrl,
  send,
  session,
  now: Date.now,
  report,
})
