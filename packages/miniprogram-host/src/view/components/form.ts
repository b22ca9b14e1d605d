import { type BuiltIn, instanceOf } from '../builtin.ts'
import { findById } from '../find.ts'
import { tap } from '../tap.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/component/form.html */
export const form: BuiltIn = { tag: 'form', properties: { reportSubmit: 'boolean', reportSubmitTimeout: 'number' } }

const CONTROLS = 'wx-button,wx-checkbox,wx-radio,wx-switch,wx-input,wx-textarea'

/**
 * A tap on a label is a tap on its control: the one that `for` names, else the first inside.
 * https://developers.weixin.qq.com/miniprogram/dev/component/label.html
 */
export const label: BuiltIn = {
  tag: 'label',
  properties: { for: 'string' },
  tap: ({ host, element, properties }) => {
    const control = properties.for
      ? findById(element.closest('wx-page'), String(properties.for))
      : element.querySelector<HTMLElement>(CONTROLS)
    if (!control) return
    const self = instanceOf(control)
    if (self && 'focus' in self.properties) self.set('focus', true)
    else tap(host, control)
  },
}
