import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

const CODE_LIFE_MS = 300_000
const KEPT_MAX = 10_000

interface Login {
  readonly openid: string
  readonly expiresAtMs: number
  used: boolean
}

/** The codes that `wx.login` would give out: single use, five minutes of business time. */
export class Logins {
  readonly #clock: Clock
  readonly #codes = new Map<string, Login>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(openid: string): string {
    const code = randomBytes(16).toString('hex')
    this.#codes.set(code, { openid, expiresAtMs: this.#clock.nowMs() + CODE_LIFE_MS, used: false })
    const oldest = this.#codes.keys().next().value
    if (this.#codes.size > KEPT_MAX && oldest !== undefined) this.#codes.delete(oldest)
    return code
  }

  /** @returns the openid, or why the code is not good */
  redeem(code: string): { readonly openid: string } | 'unknown' | 'used' {
    const login = this.#codes.get(code)
    if (!login || (!login.used && this.#clock.nowMs() >= login.expiresAtMs)) return 'unknown'
    if (login.used) return 'used'
    login.used = true
    return { openid: login.openid }
  }

  clear(): void {
    this.#codes.clear()
  }
}
