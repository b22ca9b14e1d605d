import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { sealNotification, signAnswer } from '@shouyin/wechatpay-core/protocol'
import { paidTransaction } from '@shouyin/wechatpay-core/testing'
import type pg from 'pg'

export interface Merchant {
  readonly mchid: string
  readonly appid: string
  readonly apiV3Key: string
}

/** 支付成功通知 of one order, as it comes over the wire. */
export interface Delivery {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

const OPENID = paidTransaction.payer.openid

/** Orders that wait for their payment, each with an open charge. @returns the numbers of the charges */
export async function loadUnpaid(pool: pg.Pool, { mchid, appid }: Merchant, count: number): Promise<readonly string[]> {
  await pool.query('insert into wechat_user values ($1, $2, $3, now()) on conflict do nothing', [USER, appid, OPENID])
  const { rows } = await pool.query<{ out_trade_no: string }>(UNPAID, [mchid, appid, OPENID, USER, count])
  return rows.map((row) => row.out_trade_no)
}

const USER = randomUUID()
const UNPAID = `with made as (
    select uuidv7() as id, uuidv7() as charge_id, now() as at, now() + interval '10 years' as end
    from generate_series(1, $5)
  ), ordered as (
    insert into orders (id, user_id, mchid, appid, openid, amount_fen, description, attach, created_at, expires_at)
    select id, $4, $1, $2, $3, 3900, 'bench', 'bench', at, made.end from made returning id
  )
  insert into charge (id, source, purpose, subject_id, mchid, out_trade_no, appid, openid, amount_fen, currency,
    description, created_at, expires_at, next_query_at)
  select charge_id, 'payments', 'order', made.id, $1, replace(charge_id::text, '-', ''), $2, $3, 3900, 'CNY', 'bench',
    at, made.end, made.end
  from made join ordered using (id) returning out_trade_no`

/** The plaintext of the notification that settles this charge. */
export const paymentOf = ({ mchid, appid }: Merchant, outTradeNo: string) => ({
  ...{ mchid, appid, out_trade_no: outTradeNo, transaction_id: `42${outTradeNo.slice(2)}`, payer: { openid: OPENID } },
  ...{ trade_state: 'SUCCESS', trade_state_desc: '支付成功', trade_type: 'JSAPI', bank_type: 'OTHERS', attach: '' },
  success_time: new Date().toISOString(),
  amount: { total: 3900, payer_total: 3900, currency: 'CNY', payer_currency: 'CNY' },
})

/** Seals and signs notifications with a throw-away key, which the server is told to be that of WeChat Pay. */
export function createSealer(merchant: Merchant) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const serial = 'PUB_KEY_ID_0119000000012026112100000000000000'
  return {
    serial,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    async seal(outTradeNo: string): Promise<Delivery> {
      const body = Buffer.from(
        sealNotification({
          ...{
            id: randomUUID(),
            createTime: new Date(),
            eventType: 'TRANSACTION.SUCCESS',
            originalType: 'transaction',
          },
          ...{ summary: '支付成功', associatedData: 'transaction', apiV3Key: Buffer.from(merchant.apiV3Key) },
          plaintext: JSON.stringify(paymentOf(merchant, outTradeNo)),
        }),
      )
      return { body, headers: await signAnswer({ key: privateKey, serial, body, at: new Date() }) }
    },
  }
}
