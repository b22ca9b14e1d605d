import type { Session } from './client.ts'
import type { Storage } from './storage.ts'

const KEY = 'session'

/** Silent login: a token is fetched when the first call needs one, kept, and replaced when the server refuses it. */
export function createSession(deps: {
  storage: Storage
  /** A fresh code from `wx.login`, single use. */
  login: () => Promise<string>
  exchange: (code: string) => Promise<{ token: string }>
}): Session {
  let renewing: Promise<string> | undefined

  const stored = () => {
    const token = deps.storage.read(KEY)
    return typeof token === 'string' && token !== '' ? token : undefined
  }
  async function logIn(): Promise<string> {
    const { token } = await deps.exchange(await deps.login())
    deps.storage.write(KEY, token)
    return token
  }
  /** Single flight: ten calls refused together log in once. */
  function renewed(): Promise<string> {
    renewing ??= logIn().finally(() => {
      renewing = undefined
    })
    return renewing
  }

  return {
    token: async () => stored() ?? renewed(),
    async renew(refused) {
      const token = stored()
      return token !== undefined && token !== refused ? token : renewed()
    },
  }
}
