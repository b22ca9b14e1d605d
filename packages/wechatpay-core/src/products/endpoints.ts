import type { Endpoint } from '../contract/endpoint.ts'
import { endpoints as bills } from './bills/index.ts'
import { endpoints as certificates } from './certificates/index.ts'
import { endpoints as discountCard } from './discount-card/index.ts'
import { endpoints as payments } from './payments/index.ts'
import { endpoints as payscore } from './payscore/index.ts'
import { endpoints as refunds } from './refunds/index.ts'

/** Every endpoint that this version declares. */
export const allEndpoints: readonly Endpoint[] = [
  payments,
  refunds,
  bills,
  certificates,
  payscore,
  discountCard,
].flatMap((product) => Object.values(product))
