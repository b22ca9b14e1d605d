import type { GlassEasel } from '../core/environment.ts'
import type { Host } from '../core/host.ts'
import type { BuiltInTag } from './tags.ts'

/** `any` takes what WXML gives; a String of WXML bound to a number or Boolean is converted as WeChat does. */
type PropertyType = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'any'
export type Properties = Record<string, unknown>

/** One built-in component on a page. */
export interface Instance {
  host: Host
  /** `wx-<tag>`. */
  element: HTMLElement
  /** Path of the page or component whose WXML it stands in. */
  owner: string
  /** Current values, by camelCase name. */
  properties: Readonly<Properties>
  /** Writes a property as the user did, so that `model:` bindings follow. */
  set(name: string, value: unknown): void
}

type Changed = Readonly<Record<string, (self: Instance, value: unknown) => void>>

/** How a built-in component is declared: a table per component in `components/`. */
export interface BuiltIn {
  tag: BuiltInTag
  /** Name → type, or type and default; the defaults of the types are '' 0 false [] null undefined. */
  properties: Readonly<Record<string, PropertyType | readonly [PropertyType, unknown]>>
  /** Builds what stands inside; answers the element that receives the app's children (default: the component itself). */
  create?(self: Instance): HTMLElement | undefined
  /** Called with the new value after a property has changed. */
  changed?: Changed
  attached?(self: Instance): void
  detached?(self: Instance): void
  /** What a tap does by itself, after `tap` has reached the app. */
  tap?(self: Instance): void
  /** What becomes of the value that the app's handler of an event returns. */
  answered?: Readonly<Record<string, (self: Instance, answer: unknown) => void>>
  /** What a form reads and resets. */
  field?: {
    value(self: Instance): unknown
    reset(self: Instance): void
  }
}

const toKebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** These properties also stand as attributes in the document, where style sheets find them. */
export function reflect(...names: string[]): Changed {
  const write = (name: string) => (self: Instance, value: unknown) => {
    if (value === true || (value !== '' && value !== false && value !== undefined && value !== null)) {
      self.element.setAttribute(toKebab(name), value === true ? '' : String(value))
    } else self.element.removeAttribute(toKebab(name))
  }
  return Object.fromEntries(names.map((name) => [name, write(name)]))
}

const instances = new WeakMap<Element, Instance>()
const declarations = new Map<string, BuiltIn>()

/** The built-in component that an element is, if it is one. */
export const instanceOf = (element: Element): Instance | undefined => instances.get(element)
export const builtInOf = (element: Element): BuiltIn | undefined => declarations.get(element.localName)

const EMPTY = { string: '', number: 0, boolean: false, array: [], object: null, any: undefined } as const
const CONSTRUCTORS = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  array: 'Array',
  object: 'Object',
} as const

/** glass-easel compares property types with the constructors of the realm it was loaded in. */
function declareProperties(host: Host, builtIn: BuiltIn): Record<string, unknown> {
  const declared: Record<string, unknown> = { hidden: { type: Reflect.get(host.env.window, 'Boolean'), value: false } }
  for (const [name, given] of Object.entries(builtIn.properties)) {
    const [type, value] = typeof given === 'string' ? [given, EMPTY[given]] : given
    declared[name] = { type: type === 'any' ? null : Reflect.get(host.env.window, CONSTRUCTORS[type]), value }
  }
  return declared
}

type Component = GlassEasel.GeneralComponent

/** An external component in glass-easel's words: its inside is plain DOM, its children stay the app's. */
function templateEngineOf(host: Host, builtIn: BuiltIn): GlassEasel.templateEngine.TemplateEngine {
  const createInstance = (component: Component) => {
    // A page that was left still renders what its app sets: into an element that nobody sees.
    const made = component.getBackendElement() as unknown as HTMLElement | null
    const element = made ?? host.env.window.document.createElement(`wx-${builtIn.tag}`)
    const self: Instance = {
      host,
      element,
      get owner() {
        return component.ownerShadowRoot?.getHostNode().is ?? ''
      },
      get properties() {
        return component.data
      },
      set: (name, value) => component.setData({ [name]: value }),
    }
    instances.set(element, self)
    if (builtIn.answered) hearAnswers(component, self, builtIn.answered)
    const slot = builtIn.create?.(self) ?? element
    return {
      shadowRoot: {
        root: element,
        slot,
        getIdMap: () => ({}),
        handleEvent: () => {},
        setListener: () => {},
      } as never,
      initValues: () => {},
      updateValues: (_: unknown, changes: [path: (string | number)[], ...rest: unknown[]][]) => {
        for (const [[name]] of changes) applyChange(builtIn, self, String(name))
      },
    }
  }
  return { create: () => ({ createInstance }) } as unknown as GlassEasel.templateEngine.TemplateEngine
}

type Listener = Parameters<Component['addListener']>[1]

/** The framework drops what listeners return; WeChat's `input` reads it. */
function hearAnswers(component: Component, self: Instance, answered: NonNullable<BuiltIn['answered']>): void {
  const wrapped = new WeakMap<Listener, Listener>()
  const [add, remove] = [component.addListener.bind(component), component.removeListener.bind(component)]
  component.addListener = (name, listener, options) => {
    const take = answered[name]
    if (!take) return add(name, listener, options)
    const hearing: Listener = (event) => {
      const answer: unknown = listener.call(component, event)
      take(self, answer)
      return answer as ReturnType<Listener>
    }
    wrapped.set(listener as Listener, hearing)
    return add(name, hearing, options)
  }
  component.removeListener = (name, listener, options) =>
    remove(name, wrapped.get(listener as Listener) ?? listener, options)
}

function applyChange(builtIn: BuiltIn, self: Instance, name: string): void {
  const value = self.properties[name]
  if (name === 'hidden') self.element.toggleAttribute('hidden', Boolean(value))
  else builtIn.changed?.[name]?.(self, value)
}

/** Makes the component known to every page of the space under its tag. */
export function defineBuiltIn(host: Host, builtIn: BuiltIn): void {
  declarations.set(`wx-${builtIn.tag}`, builtIn)
  const space = host.space.getComponentSpace()
  const lifetime = (name: 'attached' | 'detached') =>
    function call(this: Component): void {
      const element = this.getBackendElement() as unknown as Element | null
      const self = element ? instances.get(element) : undefined
      if (self) builtIn[name]?.(self)
    }
  const definition = space.defineComponent({
    is: `wx://${builtIn.tag}`,
    options: { externalComponent: true, templateEngine: templateEngineOf(host, builtIn) },
    properties: declareProperties(host, builtIn) as never,
    lifetimes: {
      ...(builtIn.attached && { attached: lifetime('attached') }),
      ...(builtIn.detached && { detached: lifetime('detached') }),
    },
  })
  space.setGlobalUsingComponent(builtIn.tag, definition as never)
}
