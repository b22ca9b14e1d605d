import type { Host } from '../core/host.ts'
import { showToast } from '../shell/toast.ts'
import { asyncApi, WxFailure } from './contract.ts'

/** A clipboard of the host's own: a page may not read the computer's without asking. */
export function clipboardApis(host: Host) {
  let text = ''
  return {
    setClipboardData: asyncApi(host, 'setClipboardData', ({ data }) => {
      if (typeof data !== 'string') {
        const kind = Object.prototype.toString.call(data).slice(8, -1)
        throw new WxFailure(`parameter error: parameter.data should be String instead of ${kind};`)
      }
      text = data
      showToast(host, { title: '内容已复制', icon: 'success', mask: false, durationMs: 1500 })
    }),
    getClipboardData: asyncApi(host, 'getClipboardData', () => ({ data: text })),
  }
}
