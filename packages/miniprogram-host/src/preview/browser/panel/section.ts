import { make } from '../dom.ts'

export const section = (title: string, children: Node[]): HTMLElement =>
  make('section', {}, [make('h2', {}, [title]), ...children])

export const link = (href: string, text: string): HTMLElement =>
  make('a', { href, target: '_blank', rel: 'noopener' }, [text])

/** A choice of one; `act` hears the chosen value. */
export function select(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  act: (value: string) => void,
): HTMLSelectElement {
  const field = make('select', { 'aria-label': label }) as HTMLSelectElement
  field.append(...options.map(([value, text]) => make('option', { value }, [text])))
  field.addEventListener('change', () => act(field.value))
  return field
}

export const row = (label: string, field: Node): HTMLElement =>
  make('label', { class: 'panel-row' }, [make('span', {}, [label]), field])
