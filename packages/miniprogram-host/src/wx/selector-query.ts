import { callBack } from '../core/failures.ts'
import { currentPage, type Host } from '../core/host.ts'
import { nodeOf } from '../view/events.ts'
import { propertiesOf } from '../view/properties.ts'
import { toDomSelector } from '../view/tags.ts'

type Read = (element: Element) => Record<string, unknown> | null
interface Job {
  elements: () => Element[] | Element | undefined
  read: Read
  callback: unknown
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/wxml/SelectorQuery.html */
export function selectorApis(host: Host) {
  return { createSelectorQuery: () => createQuery(host) }
}

function createQuery(host: Host) {
  const jobs: Job[] = []
  const root = () => currentPage(host)?.holder
  const clean = (selector: unknown): string => toDomSelector(String(selector)).replaceAll('>>>', ' ')
  const query = {
    in: () => query,
    select: (selector: unknown) => nodes(() => root()?.querySelector(clean(selector)) ?? undefined),
    selectAll: (selector: unknown) => nodes(() => [...(root()?.querySelectorAll(clean(selector)) ?? [])]),
    selectViewport: () => nodes(() => currentPage(host)?.scroller),
    exec: (callback: unknown) => {
      host.env.window.setTimeout(() => {
        const results = jobs.map((job) => run(host, job))
        callBack(host, callback, host.env.logic.adopt(results))
      }, 0)
      return query
    },
  }
  function nodes(elements: Job['elements']) {
    const add = (read: Read) => (callback: unknown) => {
      jobs.push({ elements, read, callback })
      return query
    }
    return {
      boundingClientRect: add(rectangle),
      scrollOffset: add(scrollOffset),
      fields: (wanted: Record<string, unknown>, callback: unknown) =>
        add((element) => fields(host, element, wanted))(callback),
      node: add(() => ({ node: null })),
      context: add(() => ({ context: null })),
    }
  }
  return query
}

function run(host: Host, { elements, read, callback }: Job): unknown {
  const found = elements()
  const value = Array.isArray(found) ? found.map(read) : found ? read(found) : null
  callBack(host, callback, host.env.logic.adopt(value))
  return value
}

const datasetOf = (element: Element) => ({ ...Reflect.get(nodeOf(element) ?? {}, 'dataset') })

function rectangle(element: Element) {
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect()
  return { id: element.id, dataset: datasetOf(element), left, right, top, bottom, width, height }
}

function scrollOffset({ id, scrollLeft, scrollTop, scrollWidth, scrollHeight }: Element) {
  return { id, scrollLeft, scrollTop, scrollWidth, scrollHeight }
}

function fields(host: Host, element: Element, wanted: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  if (wanted.id) result.id = element.id
  if (wanted.dataset) result.dataset = datasetOf(element)
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect()
  if (wanted.rect) Object.assign(result, { left, right, top, bottom })
  if (wanted.size) Object.assign(result, { width, height })
  if (wanted.scrollOffset) Object.assign(result, { scrollLeft: element.scrollLeft, scrollTop: element.scrollTop })
  for (const name of Array.isArray(wanted.properties) ? wanted.properties : []) {
    result[name] = propertiesOf(host, element)[name]
  }
  const style = host.env.window.getComputedStyle(element)
  for (const name of Array.isArray(wanted.computedStyle) ? wanted.computedStyle : []) {
    result[name] = Reflect.get(style, name)
  }
  return result
}
