import { quotes } from '@shouyin/contracts/shopper'
import { useDidShow } from '@tarojs/taro'
import { api } from '../shared/api.ts'
import { useLoad } from '../shared/use-load.ts'
import type { CartLine } from './cart.ts'

/** What an order of these goods would cost. `undefined` while that is not known as of now: nobody waits for it. */
export function useQuote(items: CartLine[]): quotes.Quote | undefined {
  const { value, error, reload } = useLoad(async () =>
    items.length > 0 ? await api.call(quotes.quoteOrder, { items }) : null,
  )
  // A card may have been taken, or have ended, meanwhile.
  useDidShow(() => void reload())
  return error === undefined && value ? value : undefined
}
