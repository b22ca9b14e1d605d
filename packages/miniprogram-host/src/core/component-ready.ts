import type { GlassEasel } from './environment.ts'
import type { Host } from './host.ts'

/**
 * `ready` of components, which glass-easel leaves to its host: told after everything that was attached with them.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/lifetimes.html
 */
export function readyAfterAttached(host: Host) {
  let waiting: GlassEasel.GeneralComponent[] = []
  const tell = (): void => {
    const attached = waiting
    waiting = []
    for (const component of attached) {
      if (host.env.glassEasel.Element.isAttached(component)) component.triggerLifetime('ready', [])
    }
  }
  return function attached(this: { _$?: GlassEasel.GeneralComponent }): void {
    // Built-in components have no author who waits for it.
    if (!this._$ || this._$.is.startsWith('wx://')) return
    if (waiting.push(this._$) === 1) host.env.window.setTimeout(tell, 0)
  }
}
