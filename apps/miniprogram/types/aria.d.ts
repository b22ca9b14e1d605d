/** Attributes of https://developers.weixin.qq.com/miniprogram/dev/component/aria-component.html that `config/aria.ts` lets through. */
import '@tarojs/components/types/common'

declare module '@tarojs/components/types/common' {
  interface StandardProps {
    ariaLabel?: string
    /** `true`: decoration. */
    ariaHidden?: boolean
    /** Of a view or a text. */
    ariaRole?: 'button' | 'heading' | 'img' | 'radio' | 'radiogroup' | 'spinbutton' | 'text' | 'alert'
    /** Of a view only: what changes in it is read out. */
    ariaLive?: 'polite' | 'assertive'
    /** Of a view only. */
    ariaChecked?: boolean
  }
}
