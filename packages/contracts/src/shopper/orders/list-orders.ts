import * as v from 'valibot'
import { next, page } from '../../page.ts'
import { defineRoute } from '../../route.ts'
import { Order } from './order.ts'

export const listOrders = defineRoute({
  method: 'GET',
  path: '/api/orders',
  summary: "The shopper's orders, newest first",
  input: v.strictObject(page),
  output: v.object({ orders: v.array(Order), next }),
  errors: {},
})
