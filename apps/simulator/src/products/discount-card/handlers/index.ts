import type { endpoints } from '@shouyin/wechatpay-core/discount-card'
import type { Handlers } from '../../../kernel/handler.ts'
import { cardToWire } from '../model/wire.ts'
import { addUserRecords } from './add-user-records.ts'
import { findCard } from './find-card.ts'
import { prepareCard } from './prepare-card.ts'

/** 先享卡, answered as the wire reference says; what no source shows is marked GUESS or DERIVED. */
export const handlers: Handlers<typeof endpoints> = {
  prepareCard: ({ body, ...caller }, refuse) => prepareCard(caller, body, refuse),
  queryCard: ({ path, ...caller }, refuse) => cardToWire(findCard(caller, path, refuse)),
  addUserRecords: ({ path, body, ...caller }, refuse) =>
    addUserRecords(caller, findCard(caller, path, refuse), body, refuse),
}
