import type { Entry } from './entry.ts'

/** 先享卡. The sentences of its answers are those of the API before 2020-06: of the later one no error table could be read. */
export const discountCard: readonly Entry[] = [
  {
    id: 'card-against-rules',
    where: 'api',
    match: { text: '请求参数符合参数格式,但不符合业务规则' },
    cause:
      'Of a discount card: it has ended, its number was prepared with other parameters, or the record goes beyond what its template allows.',
    remedy:
      'Query the card. What has ended cannot be corrected any more; else mend the record by DECREASE and a new serial number, because a used one does nothing.',
    basis: 'official',
  },
  {
    id: 'card-unknown',
    where: 'api',
    match: { text: '订单不存在,请检查订单号是否正确' },
    cause: 'WeChat Pay has no such card: nobody has taken it (GUESS), or it is of another 商户号.',
    remedy: 'Not a refusal as long as the page can still be open: query again. Check the out_card_code and the 商户号.',
    basis: 'official',
  },
]

/** What the pages of 先享卡 show; nothing of it reaches the mini-program. */
export const discountCardPhone: readonly Entry[] = [
  {
    id: 'card-not-online',
    where: 'phone',
    match: { text: '未通过申请,当前服务未上线' },
    cause: 'The page of the discount card (先享卡): who tests is not on the whitelist.',
    remedy: 'Let the contact at WeChat put the 微信号 on the whitelist (白名单).',
    basis: 'seed',
  },
  {
    id: 'card-not-open',
    where: 'phone',
    match: { text: '未能领取先享卡,先享卡未开放领取,敬请关注' },
    cause: 'The discount card (先享卡) is not activated, or its campaign has not begun.',
    remedy: 'Let the contact at WeChat activate it; check the begin of the campaign.',
    basis: 'seed',
  },
  {
    id: 'card-page-without-parameters',
    where: 'phone',
    match: { text: '页面打开异常,请从商户APP或小程序打开领卡页' },
    cause: 'The page on which the card is taken was opened without its parameters.',
    remedy: 'Let the path end in ?prepare_card_token= and the encoded token of 预受理领卡请求.',
    basis: 'official',
  },
  {
    id: 'card-page-number-used',
    where: 'phone',
    match: { errno: 273678001, text: 'errcode273678001' },
    cause: 'The number of the card was taken already, in the API before 2020-06.',
    remedy: 'Show the card that there is; to take another one, prepare it with a new out_card_code.',
    basis: 'official',
  },
  {
    id: 'card-page-parameter',
    where: 'phone',
    match: { errno: 269546520, text: 'errcode269546520' },
    cause: 'A parameter of the page is not valid, in the API before 2020-06.',
    remedy: 'Pass the token unchanged and encoded once; prepare the card anew when it is old.',
    basis: 'official',
  },
  {
    id: 'card-page-merchant',
    where: 'phone',
    match: { errno: 273677970, text: 'errcode273677970' },
    cause: '商户号 and AppID of the card do not belong together, in the API before 2020-06.',
    remedy: 'Prepare the card with an AppID that is bound to the 商户号: 商户平台 → 产品中心 → AppID账号管理.',
    basis: 'official',
  },
]
