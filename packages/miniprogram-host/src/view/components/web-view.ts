import type { BuiltIn, Instance } from '../builtin.ts'

const REFUSED = 'getBrandWCPayRequest:fail_no permission to execute'

function draw({ host, element, properties }: Instance): void {
  const { document } = host.env.window
  const make = (tag: string, text: string): HTMLElement => {
    const line = document.createElement(tag)
    line.textContent = text
    return line
  }
  const answer = make('p', '')
  const pay = make('button', 'WeixinJSBridge: getBrandWCPayRequest')
  pay.id = 'web-view-pay'
  pay.addEventListener('click', () => {
    answer.textContent = REFUSED
  })
  const said = 'A web page is not opened here. On a phone it fills the screen, and cannot take a payment.'
  element.replaceChildren(make('p', 'web-view'), make('p', String(properties.src)), make('p', said), pay, answer)
}

/**
 * A stated stub: the address is shown and nothing is loaded; a payment in it fails as WeChat lets it fail.
 * https://developers.weixin.qq.com/miniprogram/dev/component/web-view.html
 */
export const webView: BuiltIn = {
  tag: 'web-view',
  properties: { src: 'string' },
  attached: draw,
  changed: { src: draw },
}
