import type { GlassEasel } from './environment.ts'
import { warn } from './failures.ts'
import type { Host } from './host.ts'

/** What a definition may hold in `behaviors`, as the adapter wraps it. */
interface Behavior {
  _$: GlassEasel.GeneralBehavior
}

/**
 * `wx://form-field` gives a component the `name` and `value` that a form collects. The others ask for what is so here
 * anyway: a form sees fields and buttons inside components, `selectComponent` answers what `export` returns.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/behaviors.html
 */
const NAMES = ['wx://form-field', 'wx://form-field-group', 'wx://form-field-button', 'wx://component-export'] as const
const FIELD = 'wx://form-field'

const known = new WeakMap<Host, ReadonlyMap<unknown, Behavior>>()

function builtIns(host: Host): ReadonlyMap<unknown, Behavior> {
  const before = known.get(host)
  if (before) return before
  const name = { type: Reflect.get(host.env.window, 'String'), value: '' }
  const made = host.space.componentEnv('', ({ Behavior }) =>
    NAMES.map((is) => [is, Behavior(is === FIELD ? { properties: { name, value: null } } : {})] as const),
  )
  const behaviors = new Map(made) as unknown as ReadonlyMap<unknown, Behavior>
  known.set(host, behaviors)
  return behaviors
}

/** Names become behaviors; one that WeChat has not is left out and told. */
export function namedBehaviors(host: Host, given: readonly unknown[]): unknown[] {
  return given.flatMap((behavior) => {
    if (typeof behavior !== 'string') return [behavior]
    const found = builtIns(host).get(behavior)
    if (!found) warn(host, `behavior "${behavior}" is not known.`)
    return found ?? []
  })
}

/** What a form collects of a custom component with `wx://form-field`. */
export function formFieldOf(host: Host, node: unknown): { name: unknown; value: unknown } | undefined {
  const field = known.get(host)?.get(FIELD)
  if (!field || !host.env.glassEasel.Component.isComponent(node) || !node.hasBehavior(field._$)) return undefined
  const { name, value } = node.data as Record<string, unknown>
  return { name, value }
}
