import { readyAfterAttached } from './component-ready.ts'
import { getTabBar } from './custom-tab-bar.ts'
import type { GlassEasel } from './environment.ts'
import { callBack, warn } from './failures.ts'
import type { Host } from './host.ts'
import { isRecord } from './json.ts'
import type { PageInstance } from './page.ts'

/** 体验评分: what a good app keeps to, and the length at which DevTools complains by itself. */
const GOOD_LENGTH = 256 * 1024
const LENGTH_MAX = 1024 * 1024
const GOOD_PER_SECOND = 20

/**
 * `setData` of pages and components, as it crosses two threads: by JSON, answered after the view has drawn.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/performance/tips/runtime_setData.html
 */
export function useSetData(host: Host): void {
  const space = host.space.getComponentSpace()
  const behavior = space
    .define()
    .init(function init(this: unknown) {
      const instance = this as PageInstance
      const original = instance.setData.bind(instance)
      const count = rateWatcher(host, instance)
      instance.setData = (data, callback) => {
        count()
        if (isRecord(data)) original(toView(host, data))
        if (callback) host.env.window.setTimeout(() => callBack(host, callback.bind(instance)), 0)
      }
      instance.getTabBar = (callback: unknown) => getTabBar(host, this as never, callback)
      for (const name of ['setData', 'getTabBar']) Object.defineProperty(instance, name, { enumerable: false })
    } as never)
    .lifetime('attached', readyAfterAttached(host) as never)
    .registerBehavior()
  host.space.setOverallBehavior(behavior as GlassEasel.GeneralBehavior)
}

function toView(host: Host, data: Record<string, unknown>): Record<string, unknown> {
  for (const [field, value] of Object.entries(data)) {
    if (value === undefined) warn(host, `Setting data field "${field}" to undefined is invalid.`)
  }
  const { length } = JSON.stringify(data)
  const kilobytes = Math.floor(length / 1024)
  if (length > LENGTH_MAX) warn(host, `setData 数据传输长度为 ${kilobytes} KB，存在有性能问题！`)
  else if (length > GOOD_LENGTH) warn(host, `setData 的数据有 ${kilobytes} KB，建议单次不超过 256 KB。`)
  const copy = host.env.logic.adopt(data)
  keepFunctions(data, copy)
  return copy
}

/** Functions never reach the view, but the logic thread keeps them (2.0.9): component libraries pass callbacks so. */
function keepFunctions(from: object, to: object): void {
  for (const [name, value] of Object.entries(from)) {
    if (typeof value === 'function') Reflect.set(to, name, value)
    else if (typeof value === 'object' && value !== null) {
      const inner: unknown = Reflect.get(to, name)
      if (typeof inner === 'object' && inner !== null) keepFunctions(value, inner)
    }
  }
}

/** Warns once a page: too many calls in a second, and calls while nobody can see the page. */
function rateWatcher(host: Host, instance: PageInstance): () => void {
  let countedSinceMs = 0
  let count = 0
  const told = new Set<string>()
  const once = (text: string): void => {
    if (!told.has(text)) warn(host, text)
    told.add(text)
  }
  return () => {
    const page = host.stack.find((one) => one.instance === instance)
    if (!page) return
    const nowMs = Date.now()
    if (nowMs - countedSinceMs >= 1000) [countedSinceMs, count] = [nowMs, 0]
    count += 1
    if (count > GOOD_PER_SECOND) once(`${page.path} 每秒调用 setData 超过 ${GOOD_PER_SECOND} 次，建议合并。`)
    const isSeen = host.isForeground && page === host.stack.at(-1)
    if (!isSeen) once(`${page.path} 在后台调用了 setData，建议等到 onShow。`)
  }
}
