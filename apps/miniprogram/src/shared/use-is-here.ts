import { useUnload } from '@tarojs/taro'
import { type RefObject, useRef } from 'react'

/** False once the shopper has left the page: work that ends later moves nobody any more. */
export function useIsHere(): RefObject<boolean> {
  const isHere = useRef(true)
  useUnload(() => {
    isHere.current = false
  })
  return isHere
}
