import type { Host } from '../core/host.ts'
import { attributesOf } from './attributes.ts'
import { fire } from './events.ts'
import { fieldValue, setValue } from './value.ts'

const FIELDS = 'input,textarea,switch,slider,checkbox-group,radio-group,picker'

/** `form` collects its named fields; there is no browser submission. */
export function submitForm(host: Host, form: HTMLElement): void {
  const value: Record<string, unknown> = {}
  for (const field of form.querySelectorAll<HTMLElement>(FIELDS)) {
    const name = attributesOf(field).name
    if (name) value[String(name)] = fieldValue(field)
  }
  fire(host, form, 'submit', { value })
}

export function resetForm(host: Host, form: HTMLElement): void {
  for (const field of form.querySelectorAll<HTMLElement>(FIELDS)) setValue(field, undefined)
  fire(host, form, 'reset')
}
