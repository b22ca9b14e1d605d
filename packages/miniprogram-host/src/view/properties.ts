import type { Host } from '../core/host.ts'
import { instanceOf, type Properties } from './builtin.ts'

/** What WXML, and since then the user, made of an element: of a built-in component, a custom one, or a plain node. */
export function propertiesOf(host: Host, element: Element): Properties {
  const known = instanceOf(element)?.properties
  if (known) return known
  const node: unknown = Reflect.get(element, '__wxElement')
  if (host.env.glassEasel.Component.isComponent(node)) return node.data as Properties
  return Object.fromEntries(element.getAttributeNames().map((name) => [toCamel(name), element.getAttribute(name)]))
}

const toCamel = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
