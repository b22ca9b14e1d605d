import { HostError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import type { PageRecord } from '../core/page.ts'
import { instanceOf } from '../view/builtin.ts'
import { tagOf, toDomSelector } from '../view/tags.ts'

export type Parameters = Record<string, unknown>

/** One connection's view of the host: the element ids that it was given. */
export interface Session {
  host: Host
  elements: Map<string, HTMLElement>
  ids: WeakMap<HTMLElement, string>
}

export function createSession(host: Host): Session {
  return { host, elements: new Map(), ids: new WeakMap() }
}

export function describeElement(session: Session, element: HTMLElement): Parameters {
  const { elements, ids } = session
  const id = ids.get(element) ?? `e${elements.size + 1}`
  ids.set(element, id)
  elements.set(id, element)
  return { elementId: id, tagName: tagOf(element), ...(componentOf(session, element) ? { nodeId: id } : {}) }
}

/** The custom component whose host element this is, as its own code knows it by `this`. */
export function componentOf({ host }: Session, element: HTMLElement): Record<string, unknown> | undefined {
  if (instanceOf(element)) return undefined
  const node: unknown = Reflect.get(element, '__wxElement')
  const { Component } = host.env.glassEasel
  return Component.isComponent(node) ? (node.getMethodCaller() as unknown as Record<string, unknown>) : undefined
}

export function findElement({ elements }: Session, parameters: Parameters): HTMLElement {
  const element = elements.get(String(parameters.elementId))
  if (!element) throw new HostError('element not found')
  if (!element.isConnected) throw new HostError('element is no longer attached: query it again')
  return element
}

export function findPage({ host }: Session, parameters: Parameters): PageRecord {
  const pages = [...host.stack, ...host.tabCache.values()]
  const page = pages.find(({ id }) => id === parameters.pageId)
  if (!page) throw new HostError(`page ${String(parameters.pageId)} is closed: ask for the current page again`)
  return page
}

/** `>>>` crosses component borders on a phone; here there are none in the document. */
export function queryAll(roots: Element[], selector: unknown): HTMLElement[] {
  const plain = toDomSelector(String(selector)).replaceAll('>>>', ' ')
  return roots.flatMap((root) => Array.from(root.querySelectorAll<HTMLElement>(plain)))
}
