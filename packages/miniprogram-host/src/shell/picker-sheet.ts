import type { Host } from '../core/host.ts'
import { clickable, element, openLayer } from './overlay.ts'

const ITEM_PX = 44

/** Columns of texts and the chosen place in each; a model may change its columns when one was turned. */
export interface PickerModel {
  columns: readonly (readonly string[])[]
  chosen: readonly number[]
}

export interface Picker {
  title: string
  model: PickerModel
  /** A finger turned a column: what stands there now. */
  turned(column: number, place: number): PickerModel
  /** 确定, or else 取消 and a tap beside it. */
  done(isConfirmed: boolean): void
}

/** The wheels from below. Options are `#picker-<column>-<place>`, the buttons `#picker-confirm` and `#picker-cancel`. */
export function openPicker(host: Host, picker: Picker): { update(model: PickerModel): void; close(): void } {
  let now = picker.model
  const wheels = element(host, 'div', { class: 'host-wheels' })
  const turn = (column: number, place: number): void => {
    if (now.chosen[column] !== place) update(picker.turned(column, place))
  }
  const finish = (isConfirmed: boolean) => () => {
    close()
    picker.done(isConfirmed)
  }
  const head = element(host, 'header', {}, [
    clickable(host, { id: 'picker-cancel' }, '取消', finish(false)),
    element(host, 'b', {}, [picker.title]),
    clickable(host, { id: 'picker-confirm' }, '确定', finish(true)),
  ])
  const sheet = element(host, 'div', { class: 'host-picker-box', role: 'dialog' }, [head, wheels])
  const { layer, close } = openLayer(host, 'picker', [sheet])
  layer.addEventListener('click', (event) => event.target === layer && finish(false)())
  update(now)
  return { update, close }

  function update(model: PickerModel): void {
    now = model
    wheels.replaceChildren(...now.columns.map((texts, column) => drawWheel(host, texts, column, turn)))
    now.chosen.forEach((place, column) => {
      const wheel = wheels.children[column]
      if (wheel) wheel.scrollTop = place * ITEM_PX
      wheel?.children[place]?.setAttribute('aria-selected', 'true')
    })
  }
}

function drawWheel(
  host: Host,
  texts: readonly string[],
  column: number,
  turn: (column: number, place: number) => void,
): HTMLElement {
  const options = texts.map((text, place) =>
    clickable(host, { id: `picker-${column}-${place}`, role: 'option' }, text, () => turn(column, place)),
  )
  const wheel = element(host, 'div', { class: 'host-wheel', role: 'listbox' }, options)
  wheel.addEventListener('scrollend', () => turn(column, Math.round(wheel.scrollTop / ITEM_PX)))
  return wheel
}
