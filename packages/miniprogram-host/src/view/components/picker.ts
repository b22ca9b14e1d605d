import type { PickerModel } from '../../shell/picker-sheet.ts'
import { openPicker } from '../../shell/picker-sheet.ts'
import { type BuiltIn, type Instance, reflect } from '../builtin.ts'
import { fire, fireLater } from '../events.ts'
import { note, type PickerMode, pickerModes } from '../picker-modes.ts'
import { regionModel } from '../picker-region.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/component/picker.html */
export const picker: BuiltIn = {
  tag: 'picker',
  properties: {
    name: 'string',
    headerText: 'string',
    mode: ['string', 'selector'],
    disabled: 'boolean',
    range: ['any', []],
    rangeKey: 'string',
    value: ['any', ''],
    start: 'string',
    end: 'string',
    fields: ['string', 'day'],
    level: ['string', 'region'],
    customItem: 'string',
  },
  create: ({ element }) => void element.setAttribute('role', 'button'),
  tap: (self) => {
    if (!self.properties.disabled) void open(self)
  },
  changed: { ...reflect('disabled'), range: follow },
  detached: (self) => opened.get(self)?.sheet.close(),
  field: { value: ({ properties }) => properties.value, reset: (self) => self.set('value', emptyOf(self)) },
}

const emptyOf = ({ properties: { mode } }: Instance): unknown =>
  mode === 'selector' ? 0 : mode === 'multiSelector' || mode === 'region' ? [] : ''

interface Open {
  model: PickerModel
  mode: PickerMode
  sheet: ReturnType<typeof openPicker>
}
const opened = new WeakMap<Instance, Open>()

async function open(self: Instance): Promise<void> {
  const { host, element } = self
  const name = String(self.properties.mode)
  const mode = name === 'region' ? regionModel(await host.env.regions()) : pickerModes[name]
  // Another tap was faster, or the picker has gone.
  if (!mode || opened.has(self) || !element.isConnected) return
  const model = mode.model(self.properties)
  const sheet = openPicker(host, {
    title: String(self.properties.headerText),
    model,
    turned: (column, place) => {
      const before = opened.get(self)?.model ?? model
      const after = mode.turned?.(self.properties, before, column, place) ?? note(before, column, place)
      opened.set(self, { model: after, mode, sheet })
      fireLater(host, element, 'columnchange', { column, value: place })
      return after
    },
    done: (isConfirmed) => close(self, isConfirmed),
  })
  opened.set(self, { model, mode, sheet })
}

function close(self: Instance, isConfirmed: boolean): void {
  const known = opened.get(self)
  opened.delete(self)
  if (!known) return
  if (!isConfirmed) {
    fire(self.host, self.element, 'cancel')
    return
  }
  const detail = known.mode.detail(self.properties, known.model)
  self.set('value', detail.value)
  fire(self.host, self.element, 'change', detail)
}

/** The app answered a turned column with other columns. */
function follow(self: Instance): void {
  const known = opened.get(self)
  if (!known) return
  const columns = known.mode.model(self.properties).columns
  const chosen = columns.map((texts, column) => Math.min(texts.length - 1, known.model.chosen[column] ?? 0))
  known.model = { columns, chosen }
  known.sheet.update(known.model)
}
