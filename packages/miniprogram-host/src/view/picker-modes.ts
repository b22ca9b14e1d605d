import type { PickerModel } from '../shell/picker-sheet.ts'
import type { Properties } from './builtin.ts'

/** What a picker shows in one of its modes, and the value that the chosen places mean. */
export interface PickerMode {
  model(properties: Properties): PickerModel
  /** After one column was turned; the default only notes the place. */
  turned?(properties: Properties, model: PickerModel, column: number, place: number): PickerModel
  detail(properties: Properties, model: PickerModel): Record<string, unknown>
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const two = (value: number): string => String(value).padStart(2, '0')
const clamp = (place: number, length: number): number => Math.max(0, Math.min(length - 1, place))

export const note = ({ columns, chosen }: PickerModel, column: number, place: number): PickerModel => ({
  columns,
  chosen: chosen.map((known, index) => (index === column ? place : known)),
})

function textsOf(range: unknown, key: unknown): string[] {
  return list(range).map((item) =>
    String(key && typeof item === 'object' && item ? Reflect.get(item, String(key)) : item),
  )
}

const selector: PickerMode = {
  model: ({ range, rangeKey, value }) => {
    const texts = textsOf(range, rangeKey)
    return { columns: [texts], chosen: [clamp(Number(value) || 0, texts.length)] }
  },
  detail: (_, { chosen }) => ({ value: chosen[0] ?? 0 }),
}

const multiSelector: PickerMode = {
  model: ({ range, rangeKey, value }) => {
    const columns = list(range).map((column) => textsOf(column, rangeKey))
    return { columns, chosen: columns.map((texts, index) => clamp(Number(list(value)[index]) || 0, texts.length)) }
  },
  detail: (_, { chosen }) => ({ value: [...chosen] }),
}

const count = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
const textAt = ({ columns, chosen }: PickerModel, column: number): string =>
  columns[column]?.[chosen[column] ?? 0] ?? ''

const minutesOf = (time: unknown, fallback: number): number => {
  const match = /^(\d{1,2}):(\d{2})$/.exec(String(time ?? ''))
  return match ? Number(match[1]) * 60 + Number(match[2]) : fallback
}

/** Minutes of the hour that lie between `start` and `end`. */
function timeModel({ start, end }: Properties, minute: number): PickerModel {
  const [first, last] = [minutesOf(start, 0), minutesOf(end, 24 * 60 - 1)]
  const now = Math.min(last, Math.max(first, minute))
  const hour = Math.floor(now / 60)
  const hours = count(Math.floor(first / 60), Math.floor(last / 60))
  const minutes = count(Math.max(0, first - hour * 60), Math.min(59, last - hour * 60))
  return {
    columns: [hours.map(two), minutes.map(two)],
    chosen: [hours.indexOf(hour), clamp(minutes.indexOf(now % 60), minutes.length)],
  }
}

const time: PickerMode = {
  model: (properties) => timeModel(properties, minutesOf(properties.value, 0)),
  turned: (properties, model, column, place) => {
    const next = note(model, column, place)
    return timeModel(properties, Number(textAt(next, 0)) * 60 + Number(textAt(next, 1)))
  },
  detail: (_, model) => ({ value: `${textAt(model, 0)}:${textAt(model, 1)}` }),
}

interface Day {
  year: number
  month: number
  day: number
}
const FIELDS = { year: 1, month: 2, day: 3 } as const
const UNITS = ['年', '月', '日']

function dayOf(value: unknown, fallback: Day): Day {
  const [year, month, day] = String(value ?? '')
    .split('-')
    .map(Number)
  return year ? { year, month: month || fallback.month, day: day || fallback.day } : fallback
}

const daysIn = ({ year, month }: Day): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const order = ({ year, month, day }: Day): number => (year * 12 + month) * 31 + day

function dateModel({ start, end, fields }: Properties, wanted: Day): PickerModel {
  const first = dayOf(start, { year: 1900, month: 1, day: 1 })
  const last = dayOf(end, { year: 2100, month: 12, day: 31 })
  const inside = order(wanted) < order(first) ? first : order(wanted) > order(last) ? last : wanted
  const now = { ...inside, day: Math.min(inside.day, daysIn(inside)) }
  const isFirstYear = now.year === first.year
  const isLastYear = now.year === last.year
  const months = count(isFirstYear ? first.month : 1, isLastYear ? last.month : 12)
  const isFirst = isFirstYear && now.month === first.month
  const isLast = isLastYear && now.month === last.month
  const days = count(isFirst ? first.day : 1, isLast ? Math.min(last.day, daysIn(now)) : daysIn(now))
  const columns = [count(first.year, last.year), months, days]
  const shown = columns.slice(0, FIELDS[String(fields) as keyof typeof FIELDS] ?? 3)
  return {
    columns: shown.map((numbers, index) =>
      numbers.map((number) => `${index === 0 ? number : two(number)}${UNITS[index]}`),
    ),
    chosen: shown.map((numbers, index) =>
      clamp(numbers.indexOf([now.year, now.month, now.day][index] ?? 0), numbers.length),
    ),
  }
}

const chosenDay = (model: PickerModel): Day => {
  const part = (column: number): number => Number.parseInt(textAt(model, column), 10) || 1
  return { year: part(0), month: part(1), day: part(2) }
}

const today = (): Day => {
  const [year = 0, month = 1, day = 1] = new Date().toLocaleDateString('sv-SE').split('-').map(Number)
  return { year, month, day }
}

const date: PickerMode = {
  model: (properties) => dateModel(properties, dayOf(properties.value, today())),
  turned: (properties, model, column, place) => dateModel(properties, chosenDay(note(model, column, place))),
  detail: (_, model) => ({
    value: model.columns
      .map((__, column) => Number.parseInt(textAt(model, column), 10))
      .map((part, column) => (column === 0 ? String(part) : two(part)))
      .join('-'),
  }),
}

/** Mode → how it works; `region` is apart, because it needs its names first. */
export const pickerModes: Readonly<Record<string, PickerMode>> = { selector, multiSelector, time, date }
