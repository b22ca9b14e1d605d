/**
 * `pnpm bench:open`: notifications verified, decrypted and parsed per second of CPU, ours ÷ `wechatpay-node-v3` on the
 * same body. Theirs does less: it checks no clock, no tag and no shape. Goal: a median of at least 1.
 */
import { createWechatPay } from '@shouyin/wechatpay-core'
import { makeParties, paidTransaction, sealed, signed } from '@shouyin/wechatpay-core/testing'
import Pay from 'wechatpay-node-v3'
import { pairs } from './pairs.ts'

const PAIRS = 15
const OPENED = 2_000

const parties = makeParties()
const { options, publicKeyId } = parties
const body = Buffer.from(sealed(parties, paidTransaction))
const headers = await signed(parties, body)

const wechatPay = createWechatPay(options)
const theirs = new Pay({
  appid: paidTransaction.appid,
  mchid: options.mchid,
  serial_no: options.merchantSerialNo,
  publicKey: Buffer.from(options.platformKeys.publicKey.pem),
  privateKey: Buffer.from(options.privateKey),
  key: options.apiV3Key,
})
// Where it looks up keys; filled from a download otherwise.
Reflect.set(Pay, 'certificates', { [publicKeyId]: options.platformKeys.publicKey.pem })

async function openOurs(): Promise<string> {
  const opened = await wechatPay.notifications.open({ headers, body })
  if (opened.kind !== 'payments.transactionSuccess') throw new Error(`opened as ${opened.kind}`)
  return opened.resource.transaction_id
}

async function openTheirs(): Promise<string> {
  const text = body.toString('utf8')
  const isGenuine = await theirs.verifySign({
    timestamp: headers['Wechatpay-Timestamp'],
    nonce: headers['Wechatpay-Nonce'],
    serial: headers['Wechatpay-Serial'],
    signature: headers['Wechatpay-Signature'],
    body: text,
  })
  if (!isGenuine) throw new Error('not verified')
  const { resource } = JSON.parse(text)
  const plain: { transaction_id: string } = theirs.decipher_gcm(
    resource.ciphertext,
    resource.associated_data,
    resource.nonce,
  )
  return plain.transaction_id
}

async function rate(open: () => Promise<string>): Promise<number> {
  const before = process.cpuUsage()
  for (let i = 0; i < OPENED; i++) {
    if ((await open()) !== paidTransaction.transaction_id) throw new Error('another notification')
  }
  const { user, system } = process.cpuUsage(before)
  return OPENED / ((user + system) / 1_000_000)
}

const median = await pairs(PAIRS, 'per second of CPU', async () => ({
  ours: await rate(openOurs),
  reference: await rate(openTheirs),
}))
console.log(`median ${median.toFixed(2)} (goal ≥ 1)`)
wechatPay.close()
