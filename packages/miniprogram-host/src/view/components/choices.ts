import { type BuiltIn, type Instance, instanceOf, reflect } from '../builtin.ts'
import { fire } from '../events.ts'

const mark = {
  checked: ({ element }: Instance, value: unknown): void => {
    element.toggleAttribute('data-checked', Boolean(value))
    element.setAttribute('aria-checked', String(Boolean(value)))
  },
  color: ({ element }: Instance, value: unknown): void => element.style.setProperty('--color', String(value)),
}

const choice = {
  properties: { value: 'string', disabled: 'boolean', checked: 'boolean', color: ['string', '#09BB07'] },
  changed: { ...reflect('disabled'), ...mark },
} as const

const role = (name: string) => ({
  create: ({ element }: Instance): undefined => void element.setAttribute('role', name),
})

const membersOf = (group: Element, tag: string): Instance[] =>
  Array.from(group.querySelectorAll(tag)).flatMap((element) => instanceOf(element) ?? [])

const chosenOf = (group: Element, tag: string): unknown[] =>
  membersOf(group, tag)
    .filter(({ properties }) => properties.checked)
    .map(({ properties }) => properties.value)

/** A group remembers nothing: its value is what its members say. */
function groupOf(tag: 'radio' | 'checkbox', read: (chosen: unknown[]) => unknown): BuiltIn {
  return {
    tag: `${tag}-group`,
    properties: { name: 'string' },
    field: {
      value: ({ element }) => read(chosenOf(element, `wx-${tag}`)),
      reset: ({ element }) => {
        for (const member of membersOf(element, `wx-${tag}`)) member.set('checked', false)
      },
    },
  }
}

function tellGroup(self: Instance, tag: 'radio' | 'checkbox'): void {
  const group = self.element.closest<HTMLElement>(`wx-${tag}-group`)
  if (!group) return
  const chosen = chosenOf(group, `wx-${tag}`)
  fire(self.host, group, 'change', { value: tag === 'radio' ? (chosen[0] ?? '') : chosen })
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/radio-group.html */
export const radioGroup = groupOf('radio', ([value]) => value ?? '')

/** https://developers.weixin.qq.com/miniprogram/dev/component/radio.html */
export const radio: BuiltIn = {
  tag: 'radio',
  ...choice,
  ...role('radio'),
  tap: (self) => {
    if (self.properties.disabled || self.properties.checked) return
    const group = self.element.closest('wx-radio-group')
    for (const other of group ? membersOf(group, 'wx-radio') : []) {
      if (other.properties.checked) other.set('checked', false)
    }
    self.set('checked', true)
    tellGroup(self, 'radio')
  },
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/checkbox-group.html */
export const checkboxGroup = groupOf('checkbox', (values) => values)

/** https://developers.weixin.qq.com/miniprogram/dev/component/checkbox.html */
export const checkbox: BuiltIn = {
  tag: 'checkbox',
  ...choice,
  ...role('checkbox'),
  tap: (self) => {
    if (self.properties.disabled) return
    self.set('checked', !self.properties.checked)
    tellGroup(self, 'checkbox')
  },
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/switch.html */
export const switchField: BuiltIn = {
  tag: 'switch',
  properties: {
    name: 'string',
    checked: 'boolean',
    disabled: 'boolean',
    type: ['string', 'switch'],
    color: ['string', '#04BE02'],
  },
  ...role('switch'),
  changed: { ...reflect('disabled', 'type'), ...mark },
  tap: (self) => {
    if (self.properties.disabled) return
    const value = !self.properties.checked
    self.set('checked', value)
    fire(self.host, self.element, 'change', { value })
  },
  field: { value: ({ properties }) => properties.checked, reset: (self) => self.set('checked', false) },
}
