import type { BuiltIn } from '../builtin.ts'
import { image } from './image.ts'

/** Over native components on a phone; a box here. https://developers.weixin.qq.com/miniprogram/dev/component/cover-view.html */
export const coverView: BuiltIn = {
  tag: 'cover-view',
  properties: { scrollTop: 'any', markerId: 'any', slot: 'string' },
  changed: {
    scrollTop: ({ element }, value) => {
      if (value !== undefined && value !== '') element.scrollTop = Number(value)
    },
  },
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/cover-image.html */
export const coverImage: BuiltIn = {
  ...image,
  tag: 'cover-image',
  properties: { src: 'string', referrerPolicy: ['string', 'no-referrer'] },
}
