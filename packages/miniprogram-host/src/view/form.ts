import { formFieldOf } from '../core/built-in-behaviors.ts'
import type { Host } from '../core/host.ts'
import { builtInOf, type Instance, instanceOf } from './builtin.ts'
import { fire } from './events.ts'

function fieldsOf(form: Element): { self: Instance; field: NonNullable<ReturnType<typeof fieldOf>> }[] {
  return Array.from(form.querySelectorAll('*')).flatMap((element) => {
    const [self, field] = [instanceOf(element), fieldOf(element)]
    return self && field ? [{ self, field }] : []
  })
}

const fieldOf = (element: Element) => builtInOf(element)?.field

/** `form` collects its named fields; there is no browser submission. */
export function submitForm(host: Host, form: HTMLElement): void {
  const value: Record<string, unknown> = {}
  for (const { self, field } of fieldsOf(form)) {
    const { name } = self.properties
    if (name) value[String(name)] = field.value(self)
  }
  for (const element of form.querySelectorAll('*')) {
    const field = formFieldOf(host, Reflect.get(element, '__wxElement'))
    if (field?.name) value[String(field.name)] = field.value
  }
  fire(host, form, 'submit', { value })
}

export function resetForm(host: Host, form: HTMLElement): void {
  for (const { self, field } of fieldsOf(form)) field.reset(self)
  fire(host, form, 'reset')
}

/** What the user made of a field; of any other element its `value`. */
export function fieldValue(element: Element): unknown {
  const self = instanceOf(element)
  if (!self) return element.getAttribute('value') ?? ''
  return fieldOf(element)?.value(self) ?? self.properties.value ?? ''
}
