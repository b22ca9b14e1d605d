import type { Host } from './host.ts'

/** Why the phone, not the app, ends a call that is under way; `closed` is the end of the whole run: nobody is told. */
export type Cut = 'disconnected' | 'switched' | 'suspended' | 'closed'

export interface Network {
  /** Every call and connection that is under way, as what ends it. */
  underWay: Set<(cut: Cut) => void>
  /** WeChat has put the mini-program to sleep: calls fail until it is back. */
  suspended: boolean
  /** How long it may go on in the background; five seconds at WeChat. */
  graceMs: number
  countdown: number | undefined
}

const GRACE_MS = 5000

export const createNetwork = (): Network => ({
  underWay: new Set(),
  suspended: false,
  graceMs: GRACE_MS,
  countdown: undefined,
})

export function cutNetwork({ network }: Host, cut: Cut): void {
  for (const end of [...network.underWay]) end(cut)
}

/**
 * 「小程序进入后台运行后，如果 5s 内网络请求没有结束，会回调错误信息 fail interrupted；在回到前台之前，网络请求接口调用都会无法调用。」
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
 */
export function followForeground(host: Host, visible: boolean): void {
  const { network } = host
  const { window } = host.env
  window.clearTimeout(network.countdown)
  network.suspended = false
  if (visible) return
  network.countdown = window.setTimeout(() => {
    network.suspended = true
    cutNetwork(host, 'suspended')
  }, network.graceMs)
}
