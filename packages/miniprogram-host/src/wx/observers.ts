import { callBack } from '../core/failures.ts'
import { currentPage, type Host } from '../core/host.ts'
import { isRecord } from '../core/json.ts'
import { toDomSelector } from '../view/tags.ts'

interface Margins {
  left?: number
  right?: number
  top?: number
  bottom?: number
}

/**
 * Observers of the open page. Without layout (jsdom) nothing ever comes into view, so the first reports nothing.
 * https://developers.weixin.qq.com/miniprogram/dev/api/wxml/IntersectionObserver.html
 */
export function observerApis(host: Host) {
  return {
    createIntersectionObserver: (_component: unknown, options: unknown) =>
      createIntersectionObserver(host, isRecord(options) ? options : {}),
    createMediaQueryObserver: () => createMediaQueryObserver(host),
  }
}

function createIntersectionObserver(host: Host, options: Record<string, unknown>) {
  const root = currentPage(host)?.holder
  const { window, hasLayout, logic } = host.env
  const find = (selector: unknown): Element[] =>
    Array.from(root?.querySelectorAll(toDomSelector(String(selector))) ?? [])
  const thresholds = Array.isArray(options.thresholds) ? options.thresholds.map(Number) : [0]
  let area: { element: Element | undefined; rootMargin: string } = { element: root, rootMargin: '0px' }
  let observer: IntersectionObserver | undefined
  const self = {
    relativeTo: (selector: unknown, margins?: Margins) => {
      area = { element: find(selector)[0], rootMargin: toRootMargin(margins) }
      return self
    },
    relativeToViewport: (margins?: Margins) => {
      area = { element: root, rootMargin: toRootMargin(margins) }
      return self
    },
    observe: (selector: unknown, callback: unknown) => {
      if (!hasLayout) return
      const report = (entries: IntersectionObserverEntry[]): void => {
        for (const entry of entries) callBack(host, callback, logic.adopt(describe(entry)))
      }
      observer = new window.IntersectionObserver(report, {
        root: area.element ?? null,
        rootMargin: area.rootMargin,
        threshold: thresholds,
      })
      for (const element of options.observeAll === true ? find(selector) : find(selector).slice(0, 1)) {
        observer.observe(element)
      }
    },
    disconnect: () => observer?.disconnect(),
  }
  return self
}

const toRootMargin = ({ top = 0, right = 0, bottom = 0, left = 0 }: Margins = {}): string =>
  `${top}px ${right}px ${bottom}px ${left}px`

function describe(entry: IntersectionObserverEntry) {
  const box = ({ left, right, top, bottom, width, height }: DOMRectReadOnly) => ({
    left,
    right,
    top,
    bottom,
    width,
    height,
  })
  return {
    id: entry.target.id,
    intersectionRatio: entry.intersectionRatio,
    intersectionRect: box(entry.intersectionRect),
    boundingClientRect: box(entry.boundingClientRect),
    relativeRect: entry.rootBounds && box(entry.rootBounds),
    time: entry.time,
  }
}

const QUERIES = ['minWidth', 'maxWidth', 'width', 'minHeight', 'maxHeight', 'height', 'orientation'] as const

/** Compares with the phone's glass, also where no media query works; tells again after every change of size. */
function createMediaQueryObserver(host: Host) {
  let stop = (): void => {}
  return {
    observe: (descriptor: unknown, callback: unknown) => {
      stop()
      let last: boolean | undefined
      const check = (): void => {
        const matches = matchesViewport(host, isRecord(descriptor) ? descriptor : {})
        if (matches !== last) callBack(host, callback, host.env.logic.adopt({ matches }))
        last = matches
      }
      const resized = host.listeners.get('WindowResize')
      resized?.add(check)
      stop = () => resized?.delete(check)
      check()
    },
    disconnect: () => stop(),
  }
}

function matchesViewport(host: Host, descriptor: Record<string, unknown>): boolean {
  const { width, height } = host.env.viewport
  const facts: Record<(typeof QUERIES)[number], (value: unknown) => boolean> = {
    minWidth: (value) => width >= Number(value),
    maxWidth: (value) => width <= Number(value),
    width: (value) => width === Number(value),
    minHeight: (value) => height >= Number(value),
    maxHeight: (value) => height <= Number(value),
    height: (value) => height === Number(value),
    orientation: (value) => value === (width > height ? 'landscape' : 'portrait'),
  }
  return QUERIES.every((name) => descriptor[name] === undefined || facts[name](descriptor[name]))
}
