/** A page of WeChat's own, before the user. */
export interface Page {
  readonly title: string
  readonly rows: readonly { readonly label: string; readonly value: string }[]
  readonly buttons: readonly Button[]
}

export interface Button {
  readonly action: string
  readonly label: string
  /** The page offers only what is possible now. */
  readonly press: () => void
}

/** Who opened the page, from which mini-program. */
export interface Visitor {
  readonly appid: string
  readonly openid: string
}

/** Who does what; what the phone was given comes beside it. */
export type Visit<Given extends string = never> = Visitor & {
  /** `open`, `back`, or that of a button. */
  readonly action: string
} & { readonly [Name in Given]?: unknown }

export interface VisitAnswer {
  /** Why the phone does not open the page, as it reports it; null when it does. */
  readonly errMsg: string | null
  /** What is before the user; null when he is back in the mini-program. */
  readonly page: {
    readonly title: string
    readonly rows: Page['rows']
    readonly actions: readonly { readonly action: string; readonly label: string }[]
  } | null
  /** What `App.onShow` gets, with scene 1038; null while the page is open. */
  readonly referrerInfo: { readonly appId: string; readonly extraData?: Readonly<Record<string, string>> } | null
}

/** A page that only says why it shows nothing else. */
export const notice = (title: string, value: string): Page => ({ title, rows: [{ label: '提示', value }], buttons: [] })

/**
 * What an action on this page comes to. @param appId of the mini-program that the page belongs to
 * @param returned `extraData` of who leaves by the page's own button, where a page says that there is some
 */
export function answerOn(
  appId: string,
  action: string,
  page: Page,
  returned?: Readonly<Record<string, string>>,
): VisitAnswer {
  const button = page.buttons.find((one) => one.action === action)
  if (!button && action !== 'back') return { errMsg: null, page: shown(page), referrerInfo: null }
  button?.press()
  const extraData = button || returned === undefined ? {} : { extraData: returned }
  return { errMsg: null, page: null, referrerInfo: { appId, ...extraData } }
}

const shown = ({ title, rows, buttons }: Page) => ({
  title,
  rows,
  actions: buttons.map(({ action, label }) => ({ action, label })),
})

export const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`

/** `2026-01-02 10:34` in Shanghai, whatever zone the process has. */
export const minuteOf = (ms: number): string => new Date(ms + 8 * 3600_000).toISOString().slice(0, 16).replace('T', ' ')
