import type { Instance, Properties } from './builtin.ts'

/** What a screen reader is told (aria-component of WeChat), on every component that shows or does something. */
const STATES = [
  'checked',
  'controls',
  'describedby',
  'disabled',
  'expanded',
  'haspopup',
  'hidden',
  'label',
  'labelledby',
  'live',
  'modal',
  'pressed',
  'required',
  'selected',
  'valuemax',
  'valuemin',
  'valuenow',
  'valuetext',
]

const nameOf = (state: string): string => `aria${state.replace(/^./, (letter) => letter.toUpperCase())}`

export const ariaProperties: Properties = Object.fromEntries(
  ['ariaRole', ...STATES.map(nameOf)].map((name) => [name, 'any']),
)

function write(attribute: string) {
  return ({ element }: Instance, value: unknown): void => {
    if (value === undefined || value === null || value === '') element.removeAttribute(attribute)
    else element.setAttribute(attribute, String(value))
  }
}

export const ariaChanged = {
  ariaRole: write('role'),
  ...Object.fromEntries(STATES.map((state) => [nameOf(state), write(`aria-${state}`)])),
}
