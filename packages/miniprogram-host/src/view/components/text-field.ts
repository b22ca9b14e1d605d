import type { Host } from '../../core/host.ts'
import { attributesOf, isOn, onAttribute } from '../attributes.ts'
import { fire } from '../events.ts'
import { setValue } from '../value.ts'
import type { Component } from './index.ts'

const KEYBOARDS: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text', tel: 'tel' }
const LENGTH_DEFAULT = 140
type Field = HTMLInputElement | HTMLTextAreaElement

/** `input` and `textarea`. https://developers.weixin.qq.com/miniprogram/dev/component/input.html */
export const textField: Component = (host, element) => {
  const field = element as Field
  field.maxLength = LENGTH_DEFAULT
  field.addEventListener('input', () =>
    fire(host, field, 'input', { value: field.value, cursor: field.selectionStart }),
  )
  field.addEventListener('focus', () => fire(host, field, 'focus', { value: field.value, height: 0 }))
  field.addEventListener('blur', () => fire(host, field, 'blur', { value: field.value, cursor: field.selectionStart }))
  field.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key !== 'Enter' || field.localName !== 'input') return
    fire(host, field, 'confirm', { value: field.value })
    field.blur()
  })
  onAttribute(field, (name, value) => setAttribute(field, name, value))
}

function setAttribute(field: Field, name: string, value: unknown): boolean {
  switch (name) {
    case 'value':
      if (field.value !== String(value ?? '')) setValue(field, value)
      return true
    case 'maxlength':
      if (Number(value) < 0) field.removeAttribute('maxlength')
      else field.maxLength = Number(value ?? LENGTH_DEFAULT)
      return true
    case 'type':
      field.inputMode = KEYBOARDS[String(value)] ?? 'text'
      return true
    case 'password':
      field.setAttribute('type', isOn(value) ? 'password' : 'text')
      return true
    case 'focus':
      if (isOn(value)) field.focus()
      return true
    case 'placeholder-style':
      return true
    default:
      return false
  }
}

/** What automator's `input()` and a keyboard both do. */
export function typeText(host: Host, field: HTMLElement, text: string): void {
  if (isOn(attributesOf(field).disabled)) return
  setValue(field, text)
  fire(host, field, 'input', { value: text, cursor: text.length })
}
