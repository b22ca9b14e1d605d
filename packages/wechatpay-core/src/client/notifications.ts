import type { KeyObject } from 'node:crypto'
import * as v from 'valibot'
import { describeIssue } from '../contract/issue.ts'
import { matchNotification, type Notification, type ResourceOf } from '../contract/notification.ts'
import { configInvalid, WechatPayError } from '../errors.ts'
import { allNotifications } from '../products/notifications.ts'
import type { Headers } from '../protocol/message-signature.ts'
import { type OpenedEnvelope, openEnvelope, withoutNulls } from '../protocol/notification.ts'

interface Opened<Kind extends string, Resource> {
  readonly kind: Kind
  /** 通知ID: the same for every re-send. */
  readonly id: string
  readonly eventType: string
  /** RFC 3339 with offset. */
  readonly createTime: string
  readonly resource: Resource
}

type OpenedOf<N> = N extends Notification<infer Id> ? Opened<Id, ResourceOf<N>> : never

/**
 * Discriminated by `kind`, the id of the declaration. What fits no declaration is `unknown`: genuine, but of a type or
 * shape that this version does not know; store it and answer 2xx.
 */
export type OpenedNotification =
  | OpenedOf<(typeof allNotifications)[number]>
  | (Opened<'unknown', unknown> & {
      /** Set when type and shape are declared but a member is not as declared: a person should look. */
      readonly problem: string | null
    })

export interface Notifications {
  /**
   * Verifies, then decrypts, then parses a notification.
   * @param input.body the bytes exactly as received; a parsed or re-serialised body cannot be verified
   * @throws WechatPayError ERR_SIGNATURE_INVALID (answer 401), ERR_DECRYPTION_FAILED, ERR_RESPONSE_MALFORMED
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
   */
  open(input: { readonly headers: Headers; readonly body: Uint8Array | ArrayBuffer }): Promise<OpenedNotification>
}

export function createNotifications(
  apiV3Keys: readonly KeyObject[],
  verify: (headers: Headers, body: Uint8Array) => Promise<void>,
): Notifications {
  return {
    async open({ headers, body }) {
      const bytes = body instanceof ArrayBuffer ? new Uint8Array(body) : body
      if (!(bytes instanceof Uint8Array)) {
        throw configInvalid(
          'body must be the raw bytes of the request (Uint8Array); a framework has parsed or decoded it. ' +
            "Express: express.raw({ type: '*/*' }) on this route; Hono: await c.req.arrayBuffer(); Fastify: a buffer parser",
        )
      }
      try {
        await verify(headers, bytes)
      } catch (error) {
        throw isXml(bytes) && isUnsigned(error) ? v2Notice() : error
      }
      return identify(openEnvelope(bytes, apiV3Keys))
    },
  }
}

const isXml = (body: Uint8Array): boolean => /^\s*</.test(Buffer.from(body.subarray(0, 64)).toString('utf8'))

const isUnsigned = (error: unknown): boolean => error instanceof WechatPayError && error.reason === 'HEADERS_MISSING'

/** Nobody signed it as APIv3 does, so nothing in it is believed: the refund is found by query or in the bill. */
const v2Notice = () =>
  new WechatPayError(
    'ERR_SIGNATURE_INVALID',
    'this is XML: so APIv2 notifies of a refund that was made by hand in 商户平台, or without notify_url while ' +
      '商户平台 has a callback URL for refunds. Query the refund; send notify_url with every refund',
    { outcome: 'unknown', reason: 'HEADERS_MISSING' },
  )

function identify({ id, createTime, eventType, plaintext }: OpenedEnvelope): OpenedNotification {
  const known = { id, eventType, createTime }
  const declared = matchNotification(allNotifications, eventType, plaintext)
  if (!declared) return { kind: 'unknown', ...known, resource: plaintext, problem: null }
  const parsed = v.safeParse(declared.resource, withoutNulls(plaintext))
  // The id and the resource are of one declaration, which the compiler does not follow through a union.
  if (parsed.success) return { kind: declared.id, ...known, resource: parsed.output } as OpenedNotification
  const problem = describeIssue(parsed.issues[0])
  return { kind: 'unknown', ...known, resource: plaintext, problem }
}
