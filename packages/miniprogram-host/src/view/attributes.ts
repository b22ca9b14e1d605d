import type { GlassEasel } from '../core/environment.ts'

export type Attributes = Record<string, unknown>
type Listener = (name: string, value: unknown) => boolean

const attributes = new WeakMap<object, Attributes>()
const listeners = new WeakMap<object, Listener>()
const patched = new WeakSet<object>()

/** The typed values that WXML bound to an element; its DOM attributes hold strings only. */
export function attributesOf(element: object): Attributes {
  const known = attributes.get(element)
  if (known) return known
  const fresh: Attributes = {}
  attributes.set(element, fresh)
  return fresh
}

/** Lets a built-in component see every change; answering true keeps the value off the DOM. */
export function onAttribute(element: object, listener: Listener): void {
  listeners.set(element, listener)
}

/** Where an empty text means "off", as it does for every Boolean on a phone; style sheets and fields look at these. */
const FLAGS = new Set(['disabled', 'loading', 'plain'])

const isUnset = (name: string, value: unknown): boolean =>
  value === undefined || value === null || value === false || (value === '' && FLAGS.has(name))

/**
 * Nodes of plain tags turn every value into a string: `disabled="{{undefined}}"` would come out as disabled.
 * Here it means "not set", as on a phone.
 */
export function keepTypedAttributes(glassEasel: typeof GlassEasel): void {
  const prototype = glassEasel.Element.prototype
  if (patched.has(prototype)) return
  patched.add(prototype)
  const original = prototype.updateAttribute
  prototype.updateAttribute = function update(name: string, value: unknown): void {
    const element = this.getBackendElement() as unknown as HTMLElement | null
    if (!element) {
      original.call(this, name, value)
      return
    }
    attributesOf(element)[name] = value
    if (listeners.get(element)?.(name, value)) return
    if (isUnset(name, value)) element.removeAttribute(name)
    else original.call(this, name, value)
  }
}

/** A Boolean attribute, as WeChat reads it: the text `"false"` is a text, and so on. */
export const isOn = (value: unknown): boolean => Boolean(value)
