import type { BuiltIn } from '../builtin.ts'
import { hoverProperties } from '../hover.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/component/view.html */
export const view: BuiltIn = { tag: 'view', properties: hoverProperties('none', 50, 400) }
