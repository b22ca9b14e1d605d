import { refunds } from '@shouyin/contracts/shopper'
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../shared/api.ts'
import { pause } from '../../shared/pause.ts'
import { useLoad } from '../../shared/use-load.ts'
import { createFollower } from './follow.ts'
import { isMoving, type OrderRefunds } from './words.ts'

const none: OrderRefunds = { refunds: [], refundableFen: 0 }

/** What went back of an order, kept fresh while the page is seen; nothing is asked without an id. */
export function useRefunds(orderId: string | undefined) {
  // Stays false after a call that failed: one word about the network is enough.
  const moves = useRef(false)
  const loaded = useLoad(async () => {
    moves.current = false
    const found = orderId ? await api.call(refunds.listOrderRefunds, { id: orderId }) : none
    moves.current = found.refunds.some(isMoving)
    return found
  })
  const { reload } = loaded
  const [follower] = useState(() => createFollower({ pause, ask: () => reload().then(() => moves.current) }))
  useEffect(() => {
    if (orderId) follower.enter()
    return follower.leave
  }, [orderId, follower])
  useDidShow(() => void follower.enter())
  useDidHide(follower.leave)
  return loaded
}
