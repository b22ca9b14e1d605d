import { defineEndpoint, rejected } from '@shouyin/wechatpay-core/contract'
import type { endpoints } from '@shouyin/wechatpay-core/payments'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { type Handlers, operationsOf } from './kernel/handler.ts'
import * as bills from './products/bills/index.ts'
import * as certificates from './products/certificates/index.ts'
import * as discountCard from './products/discount-card/index.ts'
import * as payments from './products/payments/index.ts'
import { handlers } from './products/payments/index.ts'
import * as payscore from './products/payscore/index.ts'
import * as refunds from './products/refunds/index.ts'
import { declared, operations, type Simulated } from './products.ts'

type Payments = typeof endpoints
type Bills = typeof declared.bills.endpoints

/** A product that is not here. */
const gifts = {
  endpoints: {
    create: defineEndpoint({
      id: 'gifts.create',
      method: 'POST',
      url: '/v3/gifts',
      body: v.strictObject({ out_gift_no: v.string() }),
      response: v.looseObject({ gift_id: v.string() }),
      errors: [rejected(403, 'NOT_ENOUGH'), rejected(404, 'RESOURCE_NOT_EXISTS')],
      doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791903',
    }),
  },
}
type Gifts = typeof gifts.endpoints
type WithGifts = typeof declared & { readonly gifts: typeof gifts }

// Each of these must not compile; a directive that finds nothing wrong is itself an error.
describe('what does not compile', () => {
  test('a declared product without handlers', () => {
    // @ts-expect-error gifts are declared and not simulated
    const incomplete: Simulated<WithGifts> = { payments, payscore, discountCard, refunds, bills, certificates }
    const complete: Simulated<WithGifts> = {
      payments,
      payscore,
      discountCard,
      refunds,
      bills,
      certificates,
      gifts: { handlers: { create: ({ body }) => ({ gift_id: body.out_gift_no }) } },
    }
    expect(Object.keys(complete)).toHaveLength(Object.keys(incomplete).length + 1)
  })

  test('a declared endpoint without a handler', () => {
    const { close: _close, ...rest } = handlers
    // @ts-expect-error close is declared and not answered
    const incomplete: Handlers<Payments> = rest
    expect(incomplete).not.toHaveProperty('close')
  })

  test('an answer with another field than the declared one', () => {
    const wrong: Handlers<Gifts> = {
      // @ts-expect-error the answer must have gift_id
      create: () => ({ giftId: 'x' }),
    }
    expect(wrong.create).toBeTypeOf('function')
  })

  test('an answer of another type', () => {
    const wrong: Handlers<Gifts> = {
      // @ts-expect-error gift_id is text
      create: () => ({ gift_id: 1 }),
    }
    expect(wrong.create).toBeTypeOf('function')
  })

  test('a body where 204 is declared', () => {
    const wrong: Pick<Handlers<Payments>, 'close'> = {
      // @ts-expect-error close answers nothing
      close: () => ({ ok: true }),
    }
    expect(wrong.close).toBeTypeOf('function')
  })

  test('JSON where a stream is declared', () => {
    const wrong: Pick<Handlers<Bills>, 'download'> = {
      // @ts-expect-error a download is a file
      download: () => ({ hash_value: '' }),
    }
    expect(wrong.download).toBeTypeOf('function')
  })

  test('a stream where JSON is declared', () => {
    const file = { type: 'text/plain', bytes: 0, gzip: false, body: new ReadableStream<Uint8Array>() }
    const wrong: Pick<Handlers<Bills>, 'tradeBill' | 'download'> = {
      // @ts-expect-error an application is answered with JSON
      tradeBill: () => file,
      download: () => file,
    }
    expect(wrong.tradeBill).toBeTypeOf('function')
  })

  test('a refusal with an undeclared code', () => {
    const wrong: Handlers<Gifts> = {
      create: (_request, refuse) => {
        // @ts-expect-error no such code is declared
        throw refuse(403, 'NO_AUTH', '')
      },
    }
    expect(wrong.create).toBeTypeOf('function')
  })

  test('a refusal with a declared code under another status', () => {
    const wrong: Handlers<Gifts> = {
      create: (_request, refuse) => {
        // @ts-expect-error NOT_ENOUGH is declared with 403 only
        throw refuse(404, 'NOT_ENOUGH', '')
      },
    }
    const right: Handlers<Gifts> = {
      create: (_request, refuse) => {
        throw refuse(404, 'RESOURCE_NOT_EXISTS', '')
      },
    }
    expect([wrong, right]).toHaveLength(2)
  })

  test('a look at a member that the request does not have', () => {
    const wrong: Handlers<Gifts> = {
      // @ts-expect-error there is no amount in this body
      create: ({ body }) => ({ gift_id: String(body.amount) }),
    }
    expect(wrong.create).toBeTypeOf('function')
  })
})

describe('what is served', () => {
  test('every declared endpoint, once', () => {
    const ids = Object.values(declared).flatMap(({ endpoints }) => Object.values(endpoints).map(({ id }) => id))
    expect(operations.map(({ endpoint }) => endpoint.id).sort()).toEqual(ids.sort())
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('nothing, when a handler is missing after all', () => {
    const without = {} as Handlers<Gifts>
    expect(() => operationsOf(gifts.endpoints, without)).toThrow('no handler for gifts.create')
  })
})
