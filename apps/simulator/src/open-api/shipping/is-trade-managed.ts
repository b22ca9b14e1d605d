import { isTradeManagedEndpoint } from '@shouyin/wechatpay-core/open-api'
import { failure, OK } from '../operation.ts'
import { withToken } from './with-token.ts'

/** 是否已开通发货信息管理服务: here every mini-program has it. */
export const isTradeManaged = withToken(isTradeManagedEndpoint, (world, { appid }) => {
  if (appid === undefined) return failure(isTradeManagedEndpoint, 'APPID_MISSING', 'invalid args')
  if (appid !== world.appid) return failure(isTradeManagedEndpoint, 'APPID_INVALID', 'invalid appid')
  return { ...OK, is_trade_managed: true }
})
