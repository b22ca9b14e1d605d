import type { PickerModel } from '../shell/picker-sheet.ts'
import type { Properties } from './builtin.ts'
import type { PickerMode } from './picker-modes.ts'

/** Names by 行政区划代码: provinces `110000`, cities `110100`, counties `110101`. */
export interface Regions {
  province_list: Readonly<Record<string, string>>
  city_list: Readonly<Record<string, string>>
  county_list: Readonly<Record<string, string>>
}

interface Place {
  code: string
  name: string
}
const LEVELS = { province: 1, city: 2, region: 3, 'sub-district': 3 } as const

/** 省市区; without 街道, which the public lists lack. */
export function regionModel(regions: Regions): PickerMode {
  const entries = (table: Readonly<Record<string, string>>, prefix: string): Place[] =>
    Object.entries(table)
      .filter(([code]) => code.startsWith(prefix))
      .map(([code, name]) => ({ code, name }))
  const optional = ({ customItem }: Properties): Place[] => (customItem ? [{ code: '', name: String(customItem) }] : [])

  /** The three columns that belong together for these names; an unknown name is the first of its column. */
  function placesOf(properties: Properties, names: readonly unknown[]): { columns: Place[][]; chosen: number[] } {
    const columns: Place[][] = []
    const chosen: number[] = []
    const tables = [regions.province_list, regions.city_list, regions.county_list]
    let prefix = ''
    for (const [level, table] of tables.entries()) {
      const below = prefix === '' && level > 0 ? [] : entries(table, prefix)
      const places = [...optional(properties), ...below]
      const place = Math.max(
        0,
        places.findIndex(({ name }) => name === names[level]),
      )
      columns.push(places)
      chosen.push(place)
      prefix = (places[place]?.code ?? '').slice(0, (level + 1) * 2)
    }
    const shown = LEVELS[String(properties.level) as keyof typeof LEVELS] ?? 3
    return { columns: columns.slice(0, shown), chosen: chosen.slice(0, shown) }
  }

  const toModel = ({ columns, chosen }: { columns: Place[][]; chosen: number[] }): PickerModel => ({
    columns: columns.map((places) => places.map(({ name }) => name)),
    chosen,
  })
  const namesOf = ({ columns, chosen }: PickerModel): string[] =>
    columns.map((texts, column) => texts[chosen[column] ?? 0] ?? '')

  return {
    model: (properties) => toModel(placesOf(properties, Array.isArray(properties.value) ? properties.value : [])),
    turned: (properties, model, column, place) => {
      const names = namesOf(model)
      names[column] = model.columns[column]?.[place] ?? ''
      return toModel(placesOf(properties, names.slice(0, column + 1)))
    },
    detail: (properties, model) => {
      const value = namesOf(model)
      const { columns, chosen } = placesOf(properties, value)
      const code = chosen.map((place, column) => columns[column]?.[place]?.code ?? '')
      return { value, code: code.filter(Boolean), postcode: '' }
    },
  }
}
