import { storage } from '../shared/wechat.ts'
import { createOrderMemory } from './order-memory.ts'

export const { rememberOrders, noteSheet, noteDoubt, isInDoubt, mayBePaid, orderSeen } = createOrderMemory(storage)
