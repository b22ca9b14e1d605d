/** 商品描述: WeChat Pay allows 127 characters. */
const MAX_LENGTH = 127
const MAX_SHOP_LENGTH = 32

/**
 * What the shopper reads on the payment sheet, the voucher and the bill: the shop, then what was bought.
 * @example `收银体育馆-羽毛球场地 1 小时 ×2`, `收银体育馆-全碳素羽毛球拍等 3 件`
 */
export function describeOrder(shop: string, items: readonly { name: string; quantity: number }[]): string {
  const pieces = items.reduce((sum, item) => sum + item.quantity, 0)
  const tail = items.length > 1 ? `等 ${pieces} 件` : pieces > 1 ? ` ×${pieces}` : ''
  const head = `${clip(plain(shop), MAX_SHOP_LENGTH)}-`
  return head + clip(plain(items[0]?.name ?? ''), MAX_LENGTH - length(head) - length(tail)) + tail
}

const length = (text: string): number => [...text].length

function clip(text: string, max: number): string {
  const characters = [...text]
  return characters.length <= max
    ? text
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`
}

/** No emoji, no control characters: bills are printed by banks. */
const plain = (text: string): string =>
  text
    .replaceAll(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3/gu, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
