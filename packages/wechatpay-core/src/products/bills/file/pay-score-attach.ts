/** What a merchant may call a service order, at the end of the cell. */
const FORM = /^wxzff\|(?:.*\|)?([0-9A-Za-z_*-]{1,32})$/

/**
 * The 商户服务订单号 in 商户数据包 of a Pay Score deduction, `wxzff|<order_id>|<out_order_no>`; undefined in any other cell.
 * Its 商户订单号 is a number of WeChat's own. GUESS: no page prints the form. One source tells `wxzff|…|…` with the number
 * in it, so what stands in between is not looked at; what is sure of such a row is 微信订单号.
 */
export const payScoreOrderNo = (attach: string): string | undefined => FORM.exec(attach)?.[1]
