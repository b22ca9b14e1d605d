import { invoke } from '../../core/failures.ts'
import { currentPage } from '../../core/host.ts'
import { attributesOf } from '../attributes.ts'
import { fire } from '../events.ts'
import { resetForm, submitForm } from '../form.ts'
import { onTap } from '../tap.ts'
import type { Component } from './index.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/component/button.html */
export const button: Component = (host, element) => {
  if (host.env.hasLayout) element.setAttribute('role', 'button')
}

onTap('button', (host, element) => {
  const { 'form-type': formType, formType: formTypeCamel, 'open-type': openType } = attributesOf(element)
  const kind = formType ?? formTypeCamel
  const form = element.closest<HTMLElement>('form')
  if (form && kind === 'submit') submitForm(host, form)
  if (form && kind === 'reset') resetForm(host, form)
  if (openType === 'share') {
    const page = currentPage(host)
    invoke(host, page?.instance, 'onShareAppMessage', host.env.logic.adopt({ from: 'button' }))
  }
  if (openType === 'agreePrivacyAuthorization') fire(host, element, 'agreeprivacyauthorization')
})
