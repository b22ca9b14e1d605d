import type { SheetData } from '../core/environment.ts'
import type { Host } from '../core/host.ts'
import { closeLayers, element, formatYuan, openLayer } from './overlay.ts'

const SHOWN_MS = 4000

/** 支付凭证, the message that WeChat sends the payer; over the app for a moment, taps go through. */
export function showVoucher(host: Host, data: SheetData): void {
  closeLayers(host, 'voucher')
  const card = element(host, 'div', { class: 'host-voucher-card' }, [
    element(host, 'i', {}, ['¥']),
    element(host, 'div', {}, [
      element(host, 'strong', {}, ['微信支付 · 支付凭证']),
      element(host, 'p', {}, [`${data.merchantName} · ${data.description}`]),
    ]),
    element(host, 'b', {}, [`¥${formatYuan(data.amountFen)}`]),
  ])
  const { close } = openLayer(host, 'voucher', [card])
  host.env.window.setTimeout(close, SHOWN_MS)
}
