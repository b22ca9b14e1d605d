import { type BuiltIn, type Instance, instanceOf, reflect } from '../builtin.ts'
import { fire, fireLater } from '../events.ts'

interface Parts {
  track: HTMLElement
  dots: HTMLElement
  timer: number | undefined
  /** What the app was last told to be current; undefined before the swiper stands on the page. */
  told: number | undefined
}
const parts = new WeakMap<Instance, Parts>()
type Source = 'touch' | 'autoplay' | ''

const itemsOf = (self: Instance): HTMLElement[] =>
  Array.from(parts.get(self)?.track.children ?? []).filter(
    (item) => item.localName === 'wx-swiper-item',
  ) as HTMLElement[]

function create(self: Instance): HTMLElement {
  const { document, MutationObserver } = self.host.env.window
  const [track, dots] = [document.createElement('wx-swiper-track'), document.createElement('wx-swiper-dots')]
  parts.set(self, { track, dots, timer: undefined, told: undefined })
  self.element.append(track, dots)
  track.addEventListener('scroll', () => {
    const { scrollLeft: dx, scrollTop: dy } = track
    fire(self.host, self.element, 'transition', { dx, dy })
  })
  track.addEventListener('scrollend', () => settle(self))
  new MutationObserver(() => draw(self)).observe(track, { childList: true })
  return track
}

/** A finger has let go: the item at the edge is the current one. */
function settle(self: Instance): void {
  const items = itemsOf(self)
  const track = parts.get(self)?.track
  if (!track || items.length === 0) return
  const place = self.properties.vertical ? track.scrollTop : track.scrollLeft
  const length = self.properties.vertical ? items[0]?.offsetHeight : items[0]?.offsetWidth
  const index = Math.min(items.length - 1, Math.round(place / Math.max(1, length ?? 1)))
  if (index !== self.properties.current) turn(self, index, 'touch')
  fire(self.host, self.element, 'animationfinish', detailOf(self, index, 'touch'))
}

const detailOf = (self: Instance, current: number, source: Source) => {
  const item = itemsOf(self)[current]
  return { current, currentItemId: String((item && instanceOf(item)?.properties.itemId) ?? ''), source }
}

function turn(self: Instance, current: number, source: Source): void {
  const known = parts.get(self)
  if (known) known.told = current
  self.set('current', current)
  fire(self.host, self.element, 'change', detailOf(self, current, source))
}

/** Set by the app, which hears of that, too: with no source. */
function follow(self: Instance, value: unknown): void {
  draw(self)
  const known = parts.get(self)
  if (known?.told === undefined || known.told === value) return
  known.told = Number(value)
  fireLater(self.host, self.element, 'change', detailOf(self, known.told, ''))
}

function draw(self: Instance): void {
  const { host, element, properties } = self
  const known = parts.get(self)
  if (!known) return
  const items = itemsOf(self)
  const current = Number(properties.current)
  const margins = { '--before': properties.previousMargin, '--after': properties.nextMargin }
  for (const [name, value] of Object.entries(margins)) element.style.setProperty(name, String(value))
  element.style.setProperty('--shown', String(properties.displayMultipleItems))
  known.dots.hidden = !properties.indicatorDots
  known.dots.replaceChildren(
    ...items.map((_, index) => {
      const dot = host.env.window.document.createElement('i')
      dot.style.background = String(index === current ? properties.indicatorActiveColor : properties.indicatorColor)
      return dot
    }),
  )
  showItem(self, known.track, items[current])
}

function showItem({ properties }: Instance, track: HTMLElement, item: HTMLElement | undefined): void {
  if (!item) return
  const place = properties.vertical ? { top: item.offsetTop, left: 0 } : { left: item.offsetLeft, top: 0 }
  if (track.scrollTo) track.scrollTo({ ...place, behavior: Number(properties.duration) > 0 ? 'smooth' : 'instant' })
}

/** Starts, restarts or stops the clock that turns the items. */
function play(self: Instance): void {
  const known = parts.get(self)
  const { window } = self.host.env
  if (!known) return
  window.clearInterval(known.timer)
  if (!self.properties.autoplay) return
  known.timer = window.setInterval(() => {
    const next = Number(self.properties.current) + 1
    const isLast = next >= itemsOf(self).length
    if (!isLast || self.properties.circular) turn(self, isLast ? 0 : next, 'autoplay')
  }, Number(self.properties.interval))
}

const drawn = [
  'indicatorDots',
  'indicatorColor',
  'indicatorActiveColor',
  'previousMargin',
  'nextMargin',
  'displayMultipleItems',
]

/** A row that snaps; a circular one jumps back to its start. https://developers.weixin.qq.com/miniprogram/dev/component/swiper.html */
export const swiper: BuiltIn = {
  tag: 'swiper',
  properties: {
    indicatorDots: 'boolean',
    indicatorColor: ['string', 'rgba(0, 0, 0, .3)'],
    indicatorActiveColor: ['string', '#000000'],
    autoplay: 'boolean',
    current: 'number',
    currentItemId: 'string',
    interval: ['number', 5000],
    duration: ['number', 500],
    circular: 'boolean',
    vertical: 'boolean',
    previousMargin: ['string', '0px'],
    nextMargin: ['string', '0px'],
    snapToEdge: 'boolean',
    displayMultipleItems: ['number', 1],
    easingFunction: ['string', 'default'],
  },
  create,
  attached: (self) => {
    const known = parts.get(self)
    if (known) known.told = Number(self.properties.current)
    draw(self)
    play(self)
  },
  detached: (self) => self.host.env.window.clearInterval(parts.get(self)?.timer),
  changed: {
    ...reflect('vertical'),
    ...Object.fromEntries(drawn.map((name) => [name, draw])),
    current: follow,
    autoplay: play,
    interval: play,
    currentItemId: (self, value) => {
      const index = itemsOf(self).findIndex((item) => instanceOf(item)?.properties.itemId === value)
      if (value && index >= 0) self.set('current', index)
    },
  },
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/swiper-item.html */
export const swiperItem: BuiltIn = {
  tag: 'swiper-item',
  properties: { itemId: 'string', skipHiddenItemLayout: 'boolean' },
}

/** As a finger does it. */
export function swipeTo(element: Element, index: number): void {
  const self = instanceOf(element)
  if (self) turn(self, index, 'touch')
}
