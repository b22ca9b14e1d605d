/**
 * Lets what a screen reader is told through: Taro's templates name no aria attribute, so `ariaLabel` of a component
 * would lead nowhere (https://developers.weixin.qq.com/miniprogram/dev/component/aria-component.html). An attribute
 * without a value is empty, which means the same as none; "undefined" would be read out.
 */
const attributes: Readonly<Record<string, readonly string[]>> = {
  view: ['role', 'label', 'live', 'hidden', 'checked'],
  text: ['role', 'label'],
  image: ['label', 'hidden'],
  button: ['label'],
  input: ['label'],
}

/** Elements that Taro draws when a component has a class and a tap at most have no prop that could say something. */
const TAG = /<(view|text|image|button|input) (?!style=)/g

export const withAria = (template: string): string =>
  template.replace(TAG, (tag, name: string) => tag + (attributes[name] ?? []).map(attribute).join(''))

const attribute = (name: string): string =>
  `aria-${name}="{{i.aria${name.charAt(0).toUpperCase()}${name.slice(1)}||''}}" `

interface Asset {
  source(): string | Buffer
  size(): number
}
/** What this needs of https://docs.taro.zone/docs/plugin-custom. */
interface Context {
  modifyBuildAssets(change: (build: { assets: Record<string, Asset> }) => void): void
}

/** A plugin of Taro. */
export default function aria(context: Context): void {
  context.modifyBuildAssets(({ assets }) => {
    const base = assets['base.wxml']
    if (!base) return
    const template = withAria(String(base.source()))
    assets['base.wxml'] = { source: () => template, size: () => Buffer.byteLength(template) }
  })
}
