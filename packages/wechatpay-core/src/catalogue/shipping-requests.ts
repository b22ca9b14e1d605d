import type { Entry } from './entry.ts'

const doc = 'https://developers.weixin.qq.com/miniprogram/dev/server/API/order_shipping/api_uploadshippinginfo'

const entry = (id: string, errno: number, cause: string, remedy: string): Entry => ({
  ...{ id: `shipping-${id}`, where: 'openApi', match: { errno }, cause, remedy, doc },
  basis: 'official',
})

const LATER = 'Ask for the state of the order, then upload again if it still waits.'

/** 发货信息管理: what a request can have wrong, and the days when WeChat itself is not well. */
export const shippingRequests: readonly Entry[] = [
  entry('system-error', 10060012, 'A system error of WeChat; it may have taken the upload.', LATER),
  entry('system-error-too', 10060019, 'A system error of WeChat; it may have taken the upload.', LATER),
  entry('parameter', 10060014, 'A parameter is wrong (参数错误).', 'Read errmsg: it names the parameter.'),
  entry('no-description', 10060020, 'The payment has no description of any goods.', 'Send item_desc.'),
  entry('parcels', 10060024, 'The shipping list is too long.', 'At most 15 parcels; older pages say 10.'),
  entry('company-long', 10060025, 'The id of the express company is too long.', 'Send an id of get_delivery_list.'),
  entry('tracking-long', 10060026, 'The tracking number is too long.', 'At most 128 characters.'),
  entry('number-type', 268485194, 'order_number_type is wrong.', '1 mchid and out_trade_no, 2 transaction_id.'),
  entry('transaction-id', 268485195, 'transaction_id is missing.', 'Send it with order_number_type 2.'),
  entry('mchid', 268485196, 'mchid is missing.', 'Send it with order_number_type 1.'),
  entry('out-trade-no', 268485197, 'out_trade_no is missing.', 'Send it with order_number_type 1.'),
  entry('upload-time', 268485216, 'upload_time is no RFC 3339 time.', 'Send it like 2022-12-15T13:29:35.120+08:00.'),
  entry('delivery-mode', 268485224, 'delivery_mode is wrong (发货模式非法).', '1 UNIFIED, 2 SPLIT.'),
  entry('one-parcel', 268485228, 'Shipped all at once (UNIFIED) means one parcel.', 'Send a shipping_list of one.'),
  {
    ...{ id: 'shipping-wrong-state', where: 'openApi', match: { errno: 10060028 } },
    cause: 'The order is in a state in which this cannot be done (当前订单状态不允许进行该操作).',
    remedy: 'Look at the order in 小程序后台 → 发货信息管理.',
    basis: 'seen',
  },
]
