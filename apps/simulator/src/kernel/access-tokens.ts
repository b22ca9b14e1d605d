import { randomBytes } from 'node:crypto'
import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import type { Clock } from './clock.ts'

const LIFE_MS = 7_200_000
/** In its last minutes a token is renewed, and the old one lives as long once more. */
const OVERLAP_MS = 300_000
const FORCED_PER_DAY_MAX = 20
const FORCED_APART_MS = 30_000

interface Token {
  readonly token: string
  readonly expiresAtMs: number
}

export interface StoredAccessTokens {
  /** The current one last; the one before is kept as long as it may still be shown. */
  readonly tokens: readonly Token[]
  /** When `force_refresh` made a new one, today. */
  readonly forcedAtMs: readonly number[]
}

/** The tokens that `stable_token` gives out: one at a time, the same to everybody, by business time. */
export class AccessTokens {
  readonly #clock: Clock
  #tokens: readonly Token[] = []
  #forcedAtMs: readonly number[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** 普通模式. */
  issue(): { readonly token: string; readonly expiresInSeconds: number } {
    const nowMs = this.#clock.nowMs()
    const current = this.#tokens.at(-1)
    if (!current || current.expiresAtMs - nowMs <= OVERLAP_MS) this.#renew(current, nowMs)
    const { token = '', expiresAtMs = nowMs } = this.#tokens.at(-1) ?? {}
    return { token, expiresInSeconds: Math.floor((expiresAtMs - nowMs) / 1000) }
  }

  /** 强制刷新: the token before is worth nothing any more. Too soon after the last time it changes nothing. */
  force(): 'done' | 'too-soon' | 'used-up' {
    const nowMs = this.#clock.nowMs()
    const day = dayOf(nowMs)
    const today = this.#forcedAtMs.filter((atMs) => dayOf(atMs) === day)
    if (nowMs - (today.at(-1) ?? 0) < FORCED_APART_MS) return 'too-soon'
    if (today.length >= FORCED_PER_DAY_MAX) return 'used-up'
    this.#forcedAtMs = [...today, nowMs]
    this.#tokens = []
    return 'done'
  }

  check(token: string): 'good' | 'expired' | 'unknown' {
    const known = this.#tokens.find((one) => one.token === token)
    if (!known) return 'unknown'
    return known.expiresAtMs > this.#clock.nowMs() ? 'good' : 'expired'
  }

  store(): StoredAccessTokens {
    return { tokens: this.#tokens, forcedAtMs: this.#forcedAtMs }
  }

  restore({ tokens, forcedAtMs }: StoredAccessTokens): void {
    this.#tokens = tokens
    this.#forcedAtMs = forcedAtMs
  }

  clear(): void {
    this.restore({ tokens: [], forcedAtMs: [] })
  }

  #renew(current: Token | undefined, nowMs: number): void {
    const isAlive = current && current.expiresAtMs > nowMs
    const before = isAlive ? { ...current, expiresAtMs: nowMs + OVERLAP_MS } : current
    const next = { token: `${nowMs}_${randomBytes(48).toString('base64url')}`, expiresAtMs: nowMs + LIFE_MS }
    this.#tokens = [...(before ? [before] : []), next]
  }
}

const dayOf = (atMs: number) => formatShanghai(new Date(atMs)).slice(0, 10)
