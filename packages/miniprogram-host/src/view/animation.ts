import { isRecord } from '../core/json.ts'
import type { AnimationStep } from '../wx/animation.ts'
import type { Instance } from './builtin.ts'

const ANGLES = /^(rotate|skew)/
const LENGTHS = /^translate/

/** `{ type: 'rotate', args: [90] }` as CSS: angles in degrees, distances in px, the rest plain numbers. */
function toTransform({ type, args }: AnimationStep['animates'][number]): string {
  const written = args.map((value, index) => {
    if (typeof value !== 'number') return String(value)
    if (type === 'rotate3d') return index === 3 ? `${value}deg` : String(value)
    if (ANGLES.test(type)) return `${value}deg`
    return LENGTHS.test(type) ? `${value}px` : String(value)
  })
  return `${type}(${written.join(',')})`
}

function take({ element }: Instance, { animates, option }: AnimationStep): void {
  const { duration, timingFunction, delay } = option.transition
  element.style.transition = `all ${duration}ms ${timingFunction} ${delay}ms`
  element.style.transformOrigin = option.transformOrigin
  const transforms = animates.filter(({ type }) => type !== 'style')
  if (transforms.length > 0) element.style.transform = transforms.map(toTransform).join(' ')
  for (const { type, args } of animates) {
    if (type === 'style') element.style.setProperty(String(args[0]), String(args[1]))
  }
}

/** The `animation` property: what `wx.createAnimation` exported, one step after the other. */
export function animate(self: Instance, value: unknown): void {
  const actions = isRecord(value) && Array.isArray(value.actions) ? (value.actions as AnimationStep[]) : []
  let startMs = 0
  for (const action of actions) {
    self.host.env.window.setTimeout(() => take(self, action), startMs)
    startMs += action.option.transition.duration + action.option.transition.delay
  }
}
