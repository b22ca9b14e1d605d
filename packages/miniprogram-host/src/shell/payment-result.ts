import type { SheetData } from '../core/environment.ts'
import type { Host } from '../core/host.ts'
import { clickable, closeLayers, element, formatYuan, openLayer } from './overlay.ts'

const SHOWN_MS = 1600

/**
 * WeChat's own 支付成功 page, where a gift may lie (支付有礼). On a phone it stays until 完成 is tapped; here it goes by
 * itself unless it holds a gift, and the app has its answer already. Resolves when it is gone.
 */
export function showPaymentResult(host: Host, { amountFen, merchantName, gift }: SheetData): Promise<void> {
  closeLayers(host, 'paid')
  const { promise, resolve } = Promise.withResolvers<void>()
  const finish = (): void => {
    close()
    resolve()
  }
  const present = gift ? [element(host, 'div', { class: 'host-paid-gift', id: 'sheet-gift' }, [gift])] : []
  const { close } = openLayer(host, 'paid', [
    element(host, 'i', { class: 'host-paid-mark' }),
    element(host, 'strong', {}, ['支付成功']),
    element(host, 'p', {}, [merchantName]),
    element(host, 'b', {}, [`¥${formatYuan(amountFen)}`]),
    ...present,
    clickable(host, { id: 'sheet-done' }, '完成', finish),
  ])
  if (!gift) host.env.window.setTimeout(finish, SHOWN_MS)
  return promise
}

/** 支付验证签名失败: what a phone shows for a paySign that does not fit. It goes by itself; the app is told `fail cancel`. */
export function showSignatureRefused(host: Host): void {
  closeLayers(host, 'refused')
  const box = element(host, 'div', { class: 'host-toast-box', role: 'alert' }, ['支付验证签名失败'])
  const { layer, close } = openLayer(host, 'refused', [box])
  layer.classList.add('host-toast')
  layer.dataset.icon = 'none'
  host.env.window.setTimeout(close, SHOWN_MS)
}
