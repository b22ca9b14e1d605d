import type { BuiltIn, Instance } from '../builtin.ts'
import { fire } from '../events.ts'

function draw(self: Instance): void {
  const { element, properties } = self
  const percent = Math.min(100, Math.max(0, Number(properties.percent)))
  const style: Record<string, string> = {
    '--percent': String(percent),
    '--strokeWidth': lengthOf(properties.strokeWidth),
    '--activeColor': String(properties.activeColor || properties.color),
    '--backgroundColor': String(properties.backgroundColor),
    '--radius': lengthOf(properties.borderRadius),
    '--fontSize': lengthOf(properties.fontSize),
    '--duration': properties.active ? `${percent * Number(properties.duration)}ms` : '0ms',
  }
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value)
  element.dataset.info = properties.showInfo ? `${percent}%` : ''
  element.setAttribute('aria-valuenow', String(percent))
}

const lengthOf = (value: unknown): string => (/^[\d.]+$/.test(String(value)) ? `${String(value)}px` : String(value))

const drawn = [
  'percent',
  'strokeWidth',
  'color',
  'activeColor',
  'backgroundColor',
  'borderRadius',
  'fontSize',
  'showInfo',
  'active',
  'duration',
]

/** https://developers.weixin.qq.com/miniprogram/dev/component/progress.html */
export const progress: BuiltIn = {
  tag: 'progress',
  properties: {
    percent: 'number',
    showInfo: 'boolean',
    borderRadius: ['any', 0],
    fontSize: ['any', 16],
    strokeWidth: ['any', 6],
    color: ['string', '#09BB07'],
    activeColor: 'string',
    backgroundColor: ['string', '#EBEBEB'],
    active: 'boolean',
    activeMode: ['string', 'backwards'],
    duration: ['number', 30],
  },
  create: (self) => {
    const { element, host } = self
    element.setAttribute('role', 'progressbar')
    const bar = host.env.window.document.createElement('i')
    element.append(bar)
    bar.addEventListener('transitionend', () => {
      fire(host, element, 'activeend', { curPercent: self.properties.percent })
    })
    return undefined
  },
  attached: draw,
  changed: Object.fromEntries(drawn.map((name) => [name, draw])),
}
