import type { GlassEasel } from '../environment.ts'

/** The class names of an element, each with the scopes whose sheets may style it; kept where one has a scope of its own. */
const worn = new WeakMap<Element, Map<string, string[]>>()

/**
 * Puts a name on the document as it was written, so that `.price` finds it, and says who may style it: a component's own
 * sheet by `<scope>--<name>`, all others unless `wx-own` lists the name. '' is the scope of all others.
 */
function wear(element: Element, name: string, scope: string, on: boolean): void {
  if (scope === '' && !worn.has(element)) {
    element.classList.toggle(name, on)
    return
  }
  const names = worn.get(element) ?? new Map([...element.classList].map((one) => [one, ['']]))
  worn.set(element, names)
  const scopes = (names.get(name) ?? []).filter((one) => one !== scope)
  if (on) scopes.push(scope)
  names.set(name, scopes)
  element.classList.toggle(name, scopes.length > 0)
  if (scope === '' && scopes.every((one) => one === '')) return
  if (scope !== '') element.classList.toggle(`${scope}--${name}`, on)
  const own = [...names].filter(([, all]) => all.length > 0 && !all.includes('')).map(([one]) => one)
  if (own.length > 0) element.setAttribute('wx-own', own.join(' '))
  else element.removeAttribute('wx-own')
}

interface ClassListInside {
  _$prefixManager?: { queryName(scope: number): string | undefined }
  _$addClassToBackend(name: string, scope: number | undefined, element: Element): void
  _$removeClassFromBackend(name: string, scope: number | undefined, element: Element): void
}

const patched = new WeakSet<object>()

/**
 * glass-easel writes only `<scope>--<name>` into a DOM; of which scope a name is, external classes and `~name` included,
 * it works out itself. 0.12 has no hook there: these two methods are the second internal that the host touches.
 */
export function usePlainClassNames({ ClassList }: typeof GlassEasel): void {
  const prototype = ClassList.prototype as unknown as ClassListInside
  if (patched.has(prototype)) return
  patched.add(prototype)
  const write = (on: boolean) =>
    function call(this: ClassListInside, name: string, scope: number | undefined, element: Element): void {
      wear(element, name, (scope !== undefined && this._$prefixManager?.queryName(scope)) || '', on)
    }
  prototype._$addClassToBackend = write(true)
  prototype._$removeClassFromBackend = write(false)
}

/** Classes or markup as the app wrote them: without the marks of the scopes. */
export const withoutScopes = (text: string): string =>
  text.replaceAll(/ wx_[^\s"]+--[^\s"]+| (?:wx-own|wx-host|is)="[^"]*"/g, '')
