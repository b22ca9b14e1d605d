import { HostError } from './errors.ts'
import type { Host, LaunchOptions } from './host.ts'
import { type PageAddress, parseAddress } from './path.ts'

export interface ReferrerInfo {
  /** Of the mini-program, official account or app that the user comes from. */
  appId?: string
  /** What it sent along; WeChat hands it over in scenes 1037 and 1038. */
  extraData?: Record<string, unknown>
}

/** How the user comes in. Plain JSON; the functions below make the usual ones. */
export interface Entry {
  /** A page, without or with a query: `shop/goods/index?id=7`. */
  path?: string
  query?: Record<string, string>
  /** WeChat's number for where the user came from (场景值); 1001, the list of recent mini-programs, by default. */
  scene?: number
  referrerInfo?: ReferrerInfo
  /** Of a card that was shared with `withShareTicket` to a group. */
  shareTicket?: string
}

/** A tap on a card that a friend sent; with a ticket, on one in a group. */
export const fromCard = (path: string, shareTicket?: string): Entry =>
  shareTicket === undefined ? { path, scene: 1007 } : { path, scene: 1044, shareTicket }

/** 小程序码: WeChat hands the code's scene over encoded, as `query.scene`. */
export const fromCode = (path: string, scene: string): Entry => ({
  path,
  query: { scene: encodeURIComponent(scene) },
  scene: 1047,
})

/** 扫普通链接二维码打开小程序: the whole address arrives encoded, as `query.q`. */
export const fromLink = (path: string, url: string): Entry => ({
  path,
  query: { q: encodeURIComponent(url) },
  scene: 1011,
})

/** Another mini-program opened a page of this one. */
export const fromMiniProgram = (appId: string, path: string, extraData: Record<string, unknown> = {}): Entry => ({
  path,
  scene: 1037,
  referrerInfo: { appId, extraData },
})

/** The user comes back from another mini-program, such as WeChat's own Pay Score page. */
export const backFromMiniProgram = (appId: string, extraData: Record<string, unknown> = {}): Entry => ({
  scene: 1038,
  referrerInfo: { appId, extraData },
})

const RECENT = 1001

/** What `App.onLaunch` is told of a cold start. */
export function toLaunchOptions(host: Host, entry: Entry): LaunchOptions {
  const { path, query } = addressOf(host, entry)
  return {
    path,
    query,
    scene: entry.scene ?? RECENT,
    referrerInfo: { ...entry.referrerInfo },
    apiCategory: 'default',
    ...(entry.shareTicket !== undefined && { shareTicket: entry.shareTicket }),
  }
}

function addressOf(host: Host, entry: Entry): PageAddress {
  const { path, query } = parseAddress(`/${entry.path ?? host.config.entryPagePath}`)
  return { path, query: { ...query, ...entry.query } }
}

/**
 * What `App.onShow` is told of coming back. Without a scene nothing has changed: pressing Home and returning keeps the
 * last one. GUESS: path and query then stay those of the last entry, too.
 */
export function toEnterOptions(host: Host, entry: Entry): LaunchOptions {
  if (entry.path !== undefined) return toLaunchOptions(host, entry)
  const { path, query, scene } = host.enterOptions
  const next = toLaunchOptions(host, { ...entry, scene: entry.scene ?? scene })
  return { ...next, path, query: entry.query ?? query }
}

/** The way out when an app does not handle `onPageNotFound`: a phone shows WeChat's own page then. */
export const pageNotFound = (host: Host, path: string): HostError =>
  new HostError(`The mini-program has no page ${path}: start at one of ${host.config.pages.join(', ')}.`)
