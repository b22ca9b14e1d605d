import { type BuiltIn, reflect } from '../builtin.ts'
import { resetForm, submitForm } from '../form.ts'
import { hoverProperties } from '../hover.ts'
import { openTypes } from '../open-type.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/component/button.html */
export const button: BuiltIn = {
  tag: 'button',
  properties: {
    ...hoverProperties('button-hover', 20, 70),
    size: ['string', 'default'],
    type: ['string', 'default'],
    plain: 'boolean',
    disabled: 'boolean',
    loading: 'boolean',
    formType: 'string',
    openType: 'string',
    lang: ['string', 'en'],
    sessionFrom: 'string',
    sendMessageTitle: 'string',
    sendMessagePath: 'string',
    sendMessageImg: 'string',
    showMessageCard: 'boolean',
    appParameter: 'string',
  },
  create: ({ element }) => void element.setAttribute('role', 'button'),
  changed: {
    ...reflect('size', 'type', 'plain', 'loading'),
    disabled: ({ element }, value) => {
      element.toggleAttribute('disabled', Boolean(value))
      element.setAttribute('aria-disabled', String(Boolean(value)))
    },
  },
  tap: (self) => {
    const { host, element, properties } = self
    const form = element.closest<HTMLElement>('wx-form')
    if (form && properties.formType === 'submit') submitForm(host, form)
    if (form && properties.formType === 'reset') resetForm(host, form)
    openTypes[String(properties.openType)]?.(self)
  },
}
