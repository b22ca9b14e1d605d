import type { BuiltIn, Instance } from '../builtin.ts'

function draw({ host, element, properties }: Instance): void {
  const { document } = host.env.window
  const say = (text: string): HTMLElement => {
    const line = document.createElement('p')
    line.textContent = text
    return line
  }
  element.replaceChildren(
    say('web-view'),
    say(String(properties.src)),
    say('A web page is not opened here. On a phone it fills the screen, and wx.requestPayment does not exist in it.'),
  )
}

/** A stated stub: the address is shown, nothing is loaded. https://developers.weixin.qq.com/miniprogram/dev/component/web-view.html */
export const webView: BuiltIn = {
  tag: 'web-view',
  properties: { src: 'string' },
  attached: draw,
  changed: { src: draw },
}
