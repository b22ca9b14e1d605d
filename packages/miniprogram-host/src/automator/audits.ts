import type { Host } from '../core/host.ts'
import type { PageRecord } from '../core/page.ts'

interface Finding {
  page: string
  rule: string
  measured: number
  limit: number
  passed: boolean
}

/** 体验评分's limits for a page. https://developers.weixin.qq.com/miniprogram/dev/framework/audits/performance.html */
const NODES_MAX = 1000
const DEPTH_MAX = 30
const CHILDREN_MAX = 60
/** https://developers.weixin.qq.com/miniprogram/dev/framework/audits/experience.html */
const TAPPED_PX_MIN = 20
const TAPPED = 'wx-button,wx-navigator,wx-switch,wx-checkbox,wx-radio'

function depthOf(element: Element): number {
  return 1 + Math.max(0, ...Array.from(element.children, depthOf))
}

function sizesOf(page: Element): number[] {
  const boxes = Array.from(page.querySelectorAll(TAPPED), (element) => element.getBoundingClientRect())
  return boxes.filter(({ width, height }) => width > 0 && height > 0).map((box) => Math.min(box.width, box.height))
}

function auditPage(host: Host, { path, scroller }: PageRecord): Finding[] {
  const elements = [scroller, ...scroller.querySelectorAll('*')]
  const atMost = (rule: string, measured: number, limit: number): Finding => ({
    page: path,
    rule,
    measured,
    limit,
    passed: measured <= limit,
  })
  const smallest = Math.min(...(host.env.hasLayout ? sizesOf(scroller) : []))
  const tapped = { page: path, rule: 'px of the smallest thing to tap', measured: smallest, limit: TAPPED_PX_MIN }
  return [
    atMost('nodes', elements.length, NODES_MAX),
    atMost('depth', depthOf(scroller), DEPTH_MAX),
    atMost('children of one node', Math.max(...elements.map(({ children }) => children.length)), CHILDREN_MAX),
    ...(Number.isFinite(smallest) ? [{ ...tapped, passed: smallest >= TAPPED_PX_MIN }] : []),
  ]
}

/** What can be measured here of WeChat's 体验评分, for every open page; no score, which only WeChat gives. */
export function stopAudits(host: Host): { data: string; report: string } {
  const findings = host.stack.flatMap((page) => auditPage(host, page))
  const rows = findings.map(
    ({ passed, ...cells }) => `<tr><td>${[passed ? '✓' : '✗', ...Object.values(cells)].join('</td><td>')}</td></tr>`,
  )
  const head = '<tr><th></th><th>page</th><th>rule</th><th>measured</th><th>limit</th></tr>'
  return {
    data: JSON.stringify({ findings }),
    report: `<!doctype html><meta charset="utf-8"><title>Audits</title><table>${head}${rows.join('')}</table>\n`,
  }
}
