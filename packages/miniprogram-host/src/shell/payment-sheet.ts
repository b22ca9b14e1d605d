import type { SheetData } from '../core/environment.ts'
import type { Host } from '../core/host.ts'
import { clickable, element, formatYuan, openLayer } from './overlay.ts'

export type Choice = 'pay' | 'cancel'

/** WeChat's payment sheet; answers at once when the host was told what to do. */
export function showPaymentSheet(host: Host, data: SheetData): Promise<Choice> {
  if (host.env.paySheet !== 'manual') return Promise.resolve(host.env.paySheet)
  return new Promise((resolve) => {
    const finish = (choice: Choice) => () => {
      close()
      resolve(choice)
    }
    const row = (label: string, value: string): HTMLElement =>
      element(host, 'div', { class: 'host-sheet-row' }, [
        element(host, 'span', {}, [label]),
        element(host, 'b', {}, [value]),
      ])
    const sheet = element(host, 'div', { class: 'host-sheet', role: 'dialog', 'aria-label': '微信支付' }, [
      element(host, 'div', { class: 'host-sheet-merchant' }, [data.merchantName]),
      element(host, 'div', { class: 'host-sheet-amount', id: 'sheet-amount' }, [`¥${formatYuan(data.amountFen)}`]),
      row('商品', data.description),
      row('付款方式', '零钱（模拟）'),
      clickable(host, { id: 'sheet-pay' }, '支付', finish('pay')),
      clickable(host, { id: 'sheet-cancel' }, '取消', finish('cancel')),
      element(host, 'small', {}, ['模拟支付，不会产生真实扣款']),
    ])
    const { close } = openLayer(host, 'payment', [sheet])
  })
}

/** Taps a button of the open sheet; false when no sheet is open. */
export function answerPaymentSheet(host: Host, choice: Choice): boolean {
  const button = host.env.overlay.querySelector<HTMLElement>(`#sheet-${choice}`)
  button?.click()
  return button !== null
}

/** The text of the amount on the open sheet, for a test that looks without a client. */
export const sheetAmount = (host: Host): string | undefined =>
  host.env.overlay.querySelector('#sheet-amount')?.textContent ?? undefined
