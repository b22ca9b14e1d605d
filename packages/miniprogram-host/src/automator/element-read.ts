import type { Host } from '../core/host.ts'
import { copyJson } from '../core/json.ts'
import { withoutScopes } from '../core/wxss/class-names.ts'
import { fieldValue } from '../view/form.ts'
import { propertiesOf } from '../view/properties.ts'
import { toWxml } from '../view/tags.ts'
import { innerText } from '../view/text.ts'
import { findElement, type Parameters, type Session } from './handles.ts'
import type { Method } from './protocol.ts'

const toKebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** One value per asked name, in the order of the names. */
const reading =
  (member: string, read: (host: Host, element: HTMLElement, name: string) => unknown): Method =>
  (session: Session, parameters: Parameters) => {
    const element = findElement(session, parameters)
    const names = Array.isArray(parameters.names) ? parameters.names.map(String) : []
    return { [member]: names.map((name) => copyJson(read(session.host, element, name)) ?? null) }
  }

/** automator first asks `__propPublic` which properties there are. */
function readProperty(host: Host, element: HTMLElement, name: string): unknown {
  const properties = propertiesOf(host, element)
  if (name === '__propPublic') {
    return Object.fromEntries([...Object.keys(properties), 'value'].map((key) => [key, true]))
  }
  if (name === 'value') return fieldValue(element)
  // What the client asks a movable-view for its x and y.
  if (name === '_translateX' || name === '_translateY') return properties[name === '_translateX' ? 'x' : 'y']
  return properties[name] ?? element.getAttribute(toKebab(name))
}

function readDomProperty(host: Host, element: HTMLElement, name: string): unknown {
  if (name === 'innerText') return host.env.hasLayout ? Reflect.get(element, name) : innerText(element)
  return Reflect.get(element, name)
}

function readStyle(host: Host, element: HTMLElement, name: string): string {
  return host.env.window.getComputedStyle(element).getPropertyValue(toKebab(name))
}

function readAttribute(_: Host, element: HTMLElement, name: string): string | null {
  const value = element.getAttribute(name)
  return name === 'class' && value !== null ? withoutScopes(value) : value
}

export const elementReads: Record<string, Method> = {
  'Element.getDOMProperties': reading('properties', readDomProperty),
  'Element.getAttributes': reading('attributes', readAttribute),
  'Element.getProperties': reading('properties', readProperty),
  'Element.getStyles': reading('styles', readStyle),
  'Element.getWXML': (session, parameters) => {
    const element = findElement(session, parameters)
    return { wxml: toWxml(parameters.type === 'outer' ? element.outerHTML : element.innerHTML) }
  },
  'Element.getOffset': (session, parameters) => {
    const { left, top } = findElement(session, parameters).getBoundingClientRect()
    return { left, top }
  },
}
