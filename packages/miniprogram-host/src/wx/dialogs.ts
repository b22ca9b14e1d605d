import type { Host } from '../core/host.ts'
import { showActionSheet } from '../shell/action-sheet.ts'
import { showModal } from '../shell/modal.ts'
import { asyncApi, type Options, WxFailure } from './contract.ts'

const BUTTON_WIDTH_MAX = 8
const ITEMS_MAX = 6

export function dialogApis(host: Host) {
  return {
    showModal: asyncApi(host, 'showModal', async (options) => {
      checkButtons(options)
      const answer = await showModal(host, {
        title: String(options.title ?? ''),
        content: String(options.content ?? ''),
        confirmText: String(options.confirmText ?? '确定'),
        cancelText: String(options.cancelText ?? '取消'),
        confirmColor: String(options.confirmColor ?? '#576b95'),
        cancelColor: String(options.cancelColor ?? 'inherit'),
        hasCancel: options.showCancel !== false,
        placeholder: options.editable === true ? String(options.placeholderText ?? '') : undefined,
      })
      return { confirm: answer.confirm, cancel: !answer.confirm, content: answer.content }
    }),
    showActionSheet: asyncApi(host, 'showActionSheet', async ({ itemList, alertText }) => {
      const items = Array.isArray(itemList) ? itemList.map(String) : []
      if (items.length === 0) {
        throw new WxFailure('parameter error: parameter.itemList should have at least 1 item;')
      }
      if (items.length > ITEMS_MAX) throw new WxFailure('parameter error: itemList should not be large than 6')
      const tapIndex = await showActionSheet(host, items, String(alertText ?? ''))
      if (tapIndex === undefined) throw new WxFailure('cancel')
      return { tapIndex }
    }),
  }
}

/** A Chinese character is as wide as two others. WeChat shows no dialog at all then, which is easily overlooked. */
function checkButtons(options: Options): void {
  for (const name of ['confirmText', 'cancelText']) {
    const text = [...String(options[name] ?? '')]
    const width = text.reduce((sum, character) => sum + (character > '\u00ff' ? 2 : 1), 0)
    if (width > BUTTON_WIDTH_MAX) throw new WxFailure(`${name} length should not larger than 4 Chinese characters`)
  }
}
