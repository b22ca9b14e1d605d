type Child = Node | string

export function make(tag: string, attributes: Record<string, string> = {}, children: Child[] = []): HTMLElement {
  const created = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value)
  created.append(...children)
  return created
}

export function part(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`#${id} is missing from the page`)
  return found
}

export function makeButton(attributes: Record<string, string>, text: string, act: () => void): HTMLElement {
  const button = make('button', { type: 'button', ...attributes }, [text])
  button.addEventListener('click', act)
  return button
}

export function svg(path: string, size = 24): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const image = document.createElementNS(space, 'svg')
  image.setAttribute('viewBox', '0 0 24 24')
  image.setAttribute('width', String(size))
  image.setAttribute('height', String(size))
  const shape = document.createElementNS(space, 'path')
  shape.setAttribute('d', path)
  image.append(shape)
  return image
}
