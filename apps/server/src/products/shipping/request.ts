import {
  deliveryModes,
  formatUploadTime,
  logisticsTypes,
  orderNumberTypes,
  type UploadShippingInfo,
} from '@shouyin/wechatpay-core/open-api'
import type { Charge } from '../../ledger/table.ts'

/** 商品信息 item_desc. */
const DESCRIPTION_MAX = 120

/**
 * What WeChat hears of a fulfilled charge. Services are 虚拟: they are used, not sent. Goods are 自提: handed over at the
 * counter. Both at once are 自提, because something changes hands.
 */
export function shippingInfo(
  charge: Pick<Charge, 'mchid' | 'out_trade_no' | 'openid' | 'description'>,
  hasGoods: boolean,
  now: Date,
): UploadShippingInfo {
  return {
    order_key: {
      order_number_type: orderNumberTypes.merchant,
      mchid: charge.mchid,
      out_trade_no: charge.out_trade_no,
    },
    logistics_type: hasGoods ? logisticsTypes.pickUp : logisticsTypes.virtual,
    delivery_mode: deliveryModes.unified,
    shipping_list: [{ item_desc: clip(charge.description) }],
    upload_time: formatUploadTime(now),
    payer: { openid: charge.openid },
  }
}

function clip(text: string): string {
  const characters = [...text]
  return characters.length <= DESCRIPTION_MAX ? text : `${characters.slice(0, DESCRIPTION_MAX - 1).join('')}…`
}
