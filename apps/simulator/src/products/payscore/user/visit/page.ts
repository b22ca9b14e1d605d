/** A page of WeChat's own, before the user. */
export interface Page {
  readonly title: string
  readonly rows: readonly { readonly label: string; readonly value: string }[]
  readonly buttons: readonly Button[]
}

export interface Button {
  readonly action: 'sign' | 'cancel-plan' | 'pay'
  readonly label: string
  /** The page offers only what is possible now. */
  readonly press: () => void
}

/** Who opened the page, from which mini-program. */
export interface Visitor {
  readonly appid: string
  readonly openid: string
}

/** A page that only says why it shows nothing else. */
export const notice = (title: string, value: string): Page => ({ title, rows: [{ label: '提示', value }], buttons: [] })

export const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`

/** `2026-01-02 10:34` in Shanghai, whatever zone the process has. */
export const minuteOf = (ms: number): string => new Date(ms + 8 * 3600_000).toISOString().slice(0, 16).replace('T', ' ')
