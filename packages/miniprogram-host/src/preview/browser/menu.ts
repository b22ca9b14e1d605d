import { invoke } from '../../core/failures.ts'
import { currentPage, type Host } from '../../core/host.ts'
import { isRecord } from '../../core/json.ts'
import { showActionSheet } from '../../shell/action-sheet.ts'
import { showModal } from '../../shell/modal.ts'

/** The capsule's dots: forward to a friend, which here is the same page opened cold in another tab, and start anew. */
export async function openMenu(host: Host): Promise<void> {
  const chosen = await showActionSheet(host, ['转发给朋友', '重新进入小程序'], '')
  if (chosen === 1) location.assign(location.pathname)
  if (chosen === 0) await share(host)
}

async function share(host: Host): Promise<void> {
  const page = currentPage(host)
  if (!page) return
  const message = invoke(host, page.instance, 'onShareAppMessage', host.env.logic.adopt({ from: 'menu' }))
  const { title, path } = isRecord(message) ? message : {}
  const address = String(path ?? page.path).replace(/^\//, '')
  const answer = await showModal(host, {
    title: String(title ?? page.window.navigationBarTitleText ?? ''),
    content: `朋友会打开：${address}`,
    confirmText: '像朋友一样打开',
    cancelText: '取消',
    confirmColor: '#576b95',
    cancelColor: '#000000',
    hasCancel: true,
    placeholder: undefined,
  })
  if (answer.confirm) window.open(`/?path=${encodeURIComponent(address)}`, '_blank')
}
