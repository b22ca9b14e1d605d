import { Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import { makeApiV3Key, modes } from '../kernel/merchants.ts'
import { listedCertificates } from '../kernel/platform-signer.ts'
import type { Membership, Simulator } from '../kernel/simulator.ts'
import { membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'

const NewMerchant = v.strictObject({
  mode: v.optional(v.picklist(modes, `must be one of ${modes.join(', ')}`), 'both'),
  joins: v.optional(v.string('must be a mchid')),
})

export function merchants(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/merchant', (c) => c.json(describe(membershipOf(c, simulator))))
  app.post('/merchants', async (c) => {
    const { mode, joins } = await readInput(c, NewMerchant)
    if (joins === undefined) return c.json(describe(await simulator.addWorld(mode)), 201)
    const host = simulator.find(joins)
    if (!host) throw new Problem(404, 'MERCHANT_NOT_FOUND', `no merchant ${joins} whose world could be joined`, 'joins')
    return c.json(describe(await simulator.join(host.world, mode)), 201)
  })
  app.post('/api-v3-key/rotate', (c) => {
    const { merchant } = membershipOf(c, simulator)
    const previousApiV3Key = merchant.apiV3Key
    merchant.apiV3Key = makeApiV3Key()
    return c.json({ apiV3Key: merchant.apiV3Key, previousApiV3Key })
  })
  return app
}

/** Everything that a merchant would have noted down at his opening, secrets included. */
function describe({ world, merchant }: Membership) {
  const { mchid, merchantName, mode, certificate, publicKey, apiV3Key, apiV2Key } = merchant
  return {
    mchid,
    merchantName,
    mode,
    appid: world.appid,
    appSecret: world.appSecret,
    merchantSerialNo: certificate.serialNo,
    merchantPrivateKeyPem: certificate.privateKeyPem,
    merchantCertificatePem: certificate.certificatePem,
    apiV3Key,
    apiV2Key,
    platformCertificates: listedCertificates(world, merchant).map(({ serialNo, certificatePem }) => ({
      serialNo,
      certificatePem,
    })),
    wechatpayPublicKeyId: publicKey?.id ?? null,
    wechatpayPublicKeyPem: publicKey?.publicKeyPem ?? null,
  }
}
