import { commonErrors, defineEndpoint, rejected } from '../../contract/endpoint.ts'
import { AddUserRecordsBody, Card, CardPath, PrepareBody, PrepareResponse } from './schema/index.ts'

/** The error tables of these pages could not be read; this is that of 更新先享卡订单, the API before (2020-03): DERIVED. */
const errors = [...commonErrors, rejected(403, 'NO_AUTH'), rejected(404, 'RESOURCE_NOT_EXISTS')] as const

const PAGES = 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis'

/** 预受理领卡请求. */
export const prepareCard = defineEndpoint({
  id: 'discountCard.prepareCard',
  method: 'POST',
  url: '/v3/discount-card/cards',
  body: PrepareBody,
  response: PrepareResponse,
  errors,
  doc: `${PAGES}/chapter6_3_1.shtml`,
})

/** 查询先享卡订单. */
export const queryCard = defineEndpoint({
  id: 'discountCard.queryCard',
  method: 'GET',
  url: '/v3/discount-card/cards/{out_card_code}',
  path: CardPath,
  response: Card,
  errors,
  doc: `${PAGES}/chapter6_3_3.shtml`,
})

/** 增加用户记录: answers 204. A used serial number succeeds and does nothing, whatever else the record says. */
export const addUserRecords = defineEndpoint({
  id: 'discountCard.addUserRecords',
  method: 'POST',
  url: '/v3/discount-card/cards/{out_card_code}/add-user-records',
  path: CardPath,
  body: AddUserRecordsBody,
  errors,
  doc: `${PAGES}/chapter6_3_2.shtml`,
})
