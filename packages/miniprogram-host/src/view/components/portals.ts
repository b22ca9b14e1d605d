import { currentPage } from '../../core/host.ts'
import type { BuiltIn, Instance } from '../builtin.ts'
import { fire, fireLater } from '../events.ts'

/** Where the children of a portal or a page container stand: directly in the page, over everything. */
function lift(self: Instance): HTMLElement {
  const box = self.host.env.window.document.createElement('wx-lifted')
  lifted.set(self, box)
  return box
}

const lifted = new WeakMap<Instance, HTMLElement>()

const pageOf = ({ element, host }: Instance): Element | undefined =>
  element.closest('wx-page') ?? currentPage(host)?.holder

/** https://developers.weixin.qq.com/miniprogram/dev/component/root-portal.html */
export const rootPortal: BuiltIn = {
  tag: 'root-portal',
  properties: { enable: ['boolean', true] },
  create: lift,
  attached: place,
  changed: { enable: place },
  detached: (self) => lifted.get(self)?.remove(),
}

function place(self: Instance): void {
  const box = lifted.get(self)
  const parent = self.properties.enable ? pageOf(self) : self.element
  if (box && parent) parent.append(box)
}

const CONTAINER_EVENTS = {
  show: ['beforeenter', 'enter', 'afterenter'],
  hide: ['beforeleave', 'leave', 'afterleave'],
} as const

/** Opens and closes; the way back on a phone closes it before it leaves the page. */
function toggle(self: Instance, isShown: boolean): void {
  const { host, element, properties } = self
  const box = lifted.get(self)
  const wasShown = box?.hasAttribute('data-shown') ?? false
  if (!box || isShown === wasShown) return
  if (isShown) pageOf(self)?.append(box)
  box.toggleAttribute('data-shown', isShown)
  box.dataset.position = String(properties.position)
  box.toggleAttribute('data-round', Boolean(properties.round))
  box.toggleAttribute('data-overlay', Boolean(properties.overlay))
  box.style.zIndex = String(properties.zIndex)
  for (const event of CONTAINER_EVENTS[isShown ? 'show' : 'hide']) fireLater(host, element, event)
}

/** Closes the page container that is open, as a step back does; false when there is none. */
export function closePageContainer(host: Instance['host']): boolean {
  const page = currentPage(host)?.holder
  const open = Array.from(page?.querySelectorAll('wx-lifted[data-shown]') ?? []).at(-1)
  const self = open && containers.get(open)
  self?.set('show', false)
  return self !== undefined
}

const containers = new WeakMap<Element, Instance>()

/** https://developers.weixin.qq.com/miniprogram/dev/component/page-container.html */
export const pageContainer: BuiltIn = {
  tag: 'page-container',
  properties: {
    show: 'boolean',
    duration: ['number', 300],
    zIndex: ['number', 100],
    overlay: ['boolean', true],
    position: ['string', 'bottom'],
    round: 'boolean',
    closeOnSlideDown: 'boolean',
    overlayStyle: 'string',
    customStyle: 'string',
  },
  create: (self) => {
    const box = lift(self)
    containers.set(box, self)
    const sheet = self.host.env.window.document.createElement('wx-sheet')
    box.append(sheet)
    box.addEventListener('click', ({ target }) => {
      if (target !== box) return
      fire(self.host, self.element, 'clickoverlay')
      self.set('show', false)
    })
    return sheet
  },
  changed: {
    show: (self, value) => toggle(self, Boolean(value)),
    customStyle: (self, value) => lifted.get(self)?.firstElementChild?.setAttribute('style', String(value)),
  },
  detached: (self) => lifted.get(self)?.remove(),
}
