import type { Host } from '../core/host.ts'
import { isRecord } from '../core/json.ts'

/** Every method is written down by its name, with the arguments that the app gave. */
const TRANSFORMS = [
  'matrix',
  'matrix3d',
  'rotate',
  'rotate3d',
  'rotateX',
  'rotateY',
  'rotateZ',
  'scale',
  'scale3d',
  'scaleX',
  'scaleY',
  'scaleZ',
  'skew',
  'skewX',
  'skewY',
  'translate',
  'translate3d',
  'translateX',
  'translateY',
  'translateZ',
] as const
const STYLES = ['opacity', 'backgroundColor'] as const
/** A number means px. */
const LENGTHS = ['width', 'height', 'top', 'right', 'bottom', 'left'] as const

interface Animate {
  type: string
  args: unknown[]
}

/** One step of an exported animation, as WeChat's own `export()` writes it. */
export interface AnimationStep {
  animates: Animate[]
  option: { transformOrigin: string; transition: { duration: number; timingFunction: string; delay: number } }
}

const DEFAULTS = { duration: 400, timingFunction: 'linear', delay: 0, transformOrigin: '50% 50% 0' }

/** https://developers.weixin.qq.com/miniprogram/dev/api/ui/animation/wx.createAnimation.html */
export function animationApis(host: Host) {
  return { createAnimation: (options: unknown) => createAnimation(host, { ...DEFAULTS, ...Object(options) }) }
}

function createAnimation(host: Host, defaults: typeof DEFAULTS) {
  const current = new Map<string, Animate>()
  let steps: AnimationStep[] = []
  const animation: Record<string, (...args: unknown[]) => unknown> = {}
  const write = (key: string, animate: Animate) => {
    current.set(key, animate)
    return animation
  }
  for (const type of TRANSFORMS) animation[type] = (...args) => write(type, { type, args })
  for (const name of STYLES) animation[name] = (value) => write(name, style(name, value))
  for (const name of LENGTHS) {
    animation[name] = (value) => write(name, style(name, typeof value === 'number' ? `${value}px` : value))
  }
  animation.step = (given) => {
    const { transformOrigin, duration, timingFunction, delay } = { ...defaults, ...(isRecord(given) ? given : {}) }
    const transition = { duration, timingFunction, delay }
    steps.push({ animates: [...current.values()], option: { transformOrigin, transition } })
    return animation
  }
  animation.export = () => {
    const actions = steps
    steps = []
    return host.env.logic.adopt({ actions })
  }
  return animation
}

const style = (name: string, value: unknown): Animate => ({
  type: 'style',
  args: [name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), value],
})
