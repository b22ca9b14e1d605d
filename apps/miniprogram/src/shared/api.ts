import { session as routes } from '@shouyin/contracts/shopper'
import { type Client, createClient } from './client.ts'
import { createSession } from './session.ts'
import { addresses, phone, send, storage } from './wechat.ts'

const session = createSession({
  storage,
  login: () => phone.login(),
  exchange: (code) => api.call(routes.createSession, { code }),
})

/** The server, as this shopper. */
export const api: Client = createClient({ baseUrl: addresses.apiBaseUrl, send, session })
