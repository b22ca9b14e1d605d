import type { Host } from '../core/host.ts'
import { showActionSheet } from '../shell/action-sheet.ts'
import { showModal } from '../shell/modal.ts'
import { asyncApi, WxFailure } from './contract.ts'

export function dialogApis(host: Host) {
  return {
    showModal: asyncApi(host, 'showModal', async (options) => {
      const answer = await showModal(host, {
        title: String(options.title ?? ''),
        content: String(options.content ?? ''),
        confirmText: String(options.confirmText ?? '确定'),
        cancelText: String(options.cancelText ?? '取消'),
        confirmColor: String(options.confirmColor ?? '#576b95'),
        cancelColor: String(options.cancelColor ?? '#000000'),
        hasCancel: options.showCancel !== false,
        placeholder: options.editable === true ? String(options.placeholderText ?? '') : undefined,
      })
      return { confirm: answer.confirm, cancel: !answer.confirm, content: answer.content }
    }),
    showActionSheet: asyncApi(host, 'showActionSheet', async ({ itemList, alertText }) => {
      const items = Array.isArray(itemList) ? itemList.map(String) : []
      const tapIndex = await showActionSheet(host, items, String(alertText ?? ''))
      if (tapIndex === undefined) throw new WxFailure('cancel')
      return { tapIndex }
    }),
  }
}
