import { isRecord } from '../../core/json.ts'
import { type BuiltIn, type Instance, instanceOf } from '../builtin.ts'
import { fire } from '../events.ts'

const KEYBOARDS: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text', tel: 'tel' }
type Field = HTMLInputElement | HTMLTextAreaElement
const fields = new WeakMap<Instance, Field>()
/** The placeholder is an element of its own, as on a phone: a class of the app's can style it. */
const hints = new WeakMap<Instance, HTMLElement>()

const properties = {
  name: 'string',
  value: 'string',
  placeholder: 'string',
  placeholderStyle: 'string',
  placeholderClass: ['string', 'input-placeholder'],
  disabled: 'boolean',
  maxlength: ['number', 140],
  cursorSpacing: 'number',
  focus: 'boolean',
  autoFocus: 'boolean',
  confirmType: ['string', 'done'],
  confirmHold: 'boolean',
  cursor: ['number', -1],
  selectionStart: ['number', -1],
  selectionEnd: ['number', -1],
  adjustPosition: ['boolean', true],
  holdKeyboard: 'boolean',
} as const

/** The real field inside, where the browser's keyboard and caret are; without a value of the app's it keeps its own. */
function createField(tag: 'input' | 'textarea') {
  return (self: Instance): undefined => {
    const { host, element } = self
    const field = host.env.window.document.createElement(tag)
    fields.set(self, field)
    field.maxLength = 140
    const hint = host.env.window.document.createElement('i')
    hint.className = 'input-placeholder'
    hints.set(self, hint)
    element.append(hint, field)
    field.addEventListener('input', () => take(self, field))
    field.addEventListener('focus', () => fire(host, element, 'focus', { value: field.value, height: 0 }))
    field.addEventListener('blur', () => {
      if (self.properties.focus) self.set('focus', false)
      fire(host, element, 'blur', { value: field.value, cursor: field.selectionStart })
    })
    field.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Enter' && tag === 'input') confirm(self, field)
    })
  }
}

function confirm(self: Instance, field: Field): void {
  fire(self.host, self.element, 'confirm', { value: field.value })
  if (!self.properties.confirmHold) field.blur()
}

/** The user typed: `model:value` follows, then the app is told. */
function take(self: Instance, field: Field): void {
  self.set('value', field.value)
  const { value, selectionStart } = field
  fire(self.host, self.element, 'input', {
    value,
    cursor: selectionStart,
    keyCode: value.codePointAt(value.length - 1),
  })
  grow(self, field)
}

function grow(self: Instance, field: Field): void {
  if (!self.properties.autoHeight || !self.host.env.hasLayout) return
  self.element.style.height = 'auto'
  field.style.height = '0'
  const heightPx = field.scrollHeight
  field.style.height = ''
  self.element.style.height = `${heightPx}px`
  fire(self.host, self.element, 'linechange', { height: heightPx, lineCount: field.value.split('\n').length })
}

const withField = (act: (field: Field, value: unknown, self: Instance) => void) => (self: Instance, value: unknown) => {
  const field = fields.get(self)
  if (field) act(field, value, self)
}

const changed = {
  value: withField((field, value, self) => {
    self.element.toggleAttribute('data-filled', value !== '')
    if (field.value === value) return
    field.value = String(value)
    grow(self, field)
  }),
  placeholder: (self: Instance, value: unknown): void => {
    hints.get(self)?.setAttribute('data-text', String(value))
    fields.get(self)?.setAttribute('aria-placeholder', String(value))
  },
  placeholderStyle: (self: Instance, value: unknown): void => {
    hints.get(self)?.setAttribute('style', String(value))
  },
  placeholderClass: (self: Instance, value: unknown): void => {
    hints.get(self)?.setAttribute('class', String(value))
  },
  disabled: withField((field, value, { element }) => {
    field.disabled = Boolean(value)
    element.toggleAttribute('disabled', Boolean(value))
  }),
  maxlength: withField((field, value) => {
    if (Number(value) < 0) field.removeAttribute('maxlength')
    else field.maxLength = Number(value)
  }),
  focus: withField((field, value) => (value ? field.focus() : field.blur())),
  confirmType: withField((field, value) => {
    field.enterKeyHint = String(value)
  }),
  ariaLabel: withField((field, value) => field.setAttribute('aria-label', String(value ?? ''))),
}

/** What a handler of `input` returns takes the place of what was typed: a text, or `{ value, cursor }`. */
const answered = {
  input: (self: Instance, answer: unknown): void => {
    const { value, cursor } = isRecord(answer) ? answer : { value: answer, cursor: undefined }
    if (typeof value !== 'string') return
    self.set('value', value)
    if (cursor !== undefined) fields.get(self)?.setSelectionRange(Number(cursor), Number(cursor))
  },
}

/** What is not on the page yet cannot be focused. */
function focusAtStart(self: Instance): void {
  if (!self.properties.focus && !self.properties.autoFocus) return
  self.host.env.window.setTimeout(() => fields.get(self)?.focus(), 0)
}

const field = {
  value: ({ properties: { value } }: Instance) => value,
  reset: (self: Instance) => self.set('value', ''),
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/input.html */
export const input: BuiltIn = {
  tag: 'input',
  properties: { ...properties, type: ['string', 'text'], password: 'boolean', alwaysEmbed: 'boolean' },
  create: createField('input'),
  attached: focusAtStart,
  changed: {
    ...changed,
    type: withField((element, value) => {
      element.inputMode = KEYBOARDS[String(value)] ?? 'text'
      if (value === 'safe-password') element.setAttribute('type', 'password')
    }),
    password: withField((element, value) => element.setAttribute('type', value ? 'password' : 'text')),
  },
  answered,
  field,
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/textarea.html */
export const textarea: BuiltIn = {
  tag: 'textarea',
  properties: {
    ...properties,
    autoHeight: 'boolean',
    fixed: 'boolean',
    showConfirmBar: ['boolean', true],
    disableDefaultPadding: 'boolean',
  },
  create: createField('textarea'),
  attached: focusAtStart,
  changed: { ...changed, autoHeight: withField((element, _, self) => grow(self, element)) },
  answered,
  field,
}

/** What automator's `input()` and a keyboard both do: no more characters than `maxlength`, none when disabled. */
export function typeText(element: Element, text: string): void {
  const self = instanceOf(element)
  const inner = self && fields.get(self)
  if (!self || !inner || inner.disabled) return
  const { maxlength } = self.properties
  inner.value = Number(maxlength) < 0 ? text : text.slice(0, Number(maxlength))
  take(self, inner)
}
