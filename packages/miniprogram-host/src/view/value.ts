import { attributesOf, isOn } from './attributes.ts'

const current = new WeakMap<Element, unknown>()

const isTextField = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
  element.localName === 'input' || element.localName === 'textarea'

/** What the user made of a field; before that, what WXML bound. */
export function fieldValue(element: HTMLElement): unknown {
  if (isTextField(element)) return element.value
  if (element.localName === 'switch') return current.get(element) ?? isOn(attributesOf(element).checked)
  if (element.localName === 'radio-group') return checkedValues(element)[0] ?? ''
  if (element.localName === 'checkbox-group') return checkedValues(element)
  return current.get(element) ?? attributesOf(element).value ?? ''
}

export function setValue(element: HTMLElement, value: unknown): void {
  if (isTextField(element)) element.value = value === undefined || value === null ? '' : String(value)
  else if (value === undefined) current.delete(element)
  else current.set(element, value)
}

/** The mark of a switch, radio or checkbox, drawn by the `data-checked` attribute. */
export function setChecked(element: HTMLElement, checked: boolean): void {
  element.toggleAttribute('data-checked', checked)
}

export const isChecked = (element: Element): boolean => element.hasAttribute('data-checked')

function checkedValues(group: Element): unknown[] {
  const chosen = Array.from(group.querySelectorAll<HTMLElement>('radio,checkbox')).filter(isChecked)
  return chosen.map((element) => attributesOf(element).value ?? '')
}
