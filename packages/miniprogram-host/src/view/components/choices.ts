import type { Host } from '../../core/host.ts'
import { attributesOf, isOn, onAttribute } from '../attributes.ts'
import { fire } from '../events.ts'
import { onTap } from '../tap.ts'
import { fieldValue, isChecked, setChecked, setValue } from '../value.ts'
import type { Component } from './index.ts'

const followChecked = (element: HTMLElement): void =>
  onAttribute(element, (name, value) => {
    if (name !== 'checked') return false
    setChecked(element, isOn(value))
    if (element.localName === 'switch') setValue(element, undefined)
    return true
  })

export const radio: Component = (_, element) => followChecked(element)
export const checkbox: Component = (_, element) => followChecked(element)
export const switchField: Component = (_, element) => followChecked(element)

export function toggleSwitch(host: Host, element: HTMLElement): void {
  if (isOn(attributesOf(element).disabled)) return
  const on = !fieldValue(element)
  setValue(element, on)
  setChecked(element, on)
  fire(host, element, 'change', { value: on })
}

onTap('switch', toggleSwitch)

onTap('radio', (host, element) => {
  const group = element.closest<HTMLElement>('radio-group')
  if (isOn(attributesOf(element).disabled) || isChecked(element)) return
  for (const other of group?.querySelectorAll<HTMLElement>('radio') ?? []) setChecked(other, false)
  setChecked(element, true)
  if (group) fire(host, group, 'change', { value: fieldValue(group) })
})

onTap('checkbox', (host, element) => {
  if (isOn(attributesOf(element).disabled)) return
  setChecked(element, !isChecked(element))
  const group = element.closest<HTMLElement>('checkbox-group')
  if (group) fire(host, group, 'change', { value: fieldValue(group) })
})
