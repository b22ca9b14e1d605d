import type { Stage } from '../stage.ts'
import { cards } from './cards.ts'
import { cart } from './cart.ts'
import { courses } from './courses.ts'
import { goods } from './goods.ts'
import { large } from './large.ts'
import { me } from './me.ts'
import { offers } from './offers.ts'
import { orders } from './orders.ts'
import { payment } from './payment.ts'
import { plans } from './plans.ts'
import { refunds } from './refunds.ts'
import { shelf } from './shelf.ts'

/** One sheet of the gallery each. */
export const walks = {
  shelf,
  goods,
  cart,
  payment,
  orders,
  refunds,
  plans,
  courses,
  offers,
  cards,
  me,
  large,
} satisfies Record<string, (stage: Stage) => Promise<void>>
export type Topic = keyof typeof walks
