import { createHash, createHmac } from 'node:crypto'
import { signBusinessView } from '@shouyin/wechatpay-core/protocol'
import type { Diagnosis } from '../diagnose.ts'
import { nearTimestamps, otherUnits } from './shared.ts'

type Members = Readonly<Record<string, string>>

/** What a page of Pay Score was given without its `sign`, and both keys of the merchant. */
export interface BusinessViewParts {
  readonly members: Members
  /** What has to be signed, the key at its end. */
  readonly message: string
  readonly apiV2Key: string
  readonly apiV3Key: string
}

/** One usual mistake: the signs that come out of it. */
export interface BusinessViewMistake {
  readonly name: string
  readonly verdict: Diagnosis['verdict']
  readonly remedy: string
  readonly signs: (parts: BusinessViewParts) => Iterable<string>
}

const upper = (text: string) => text.toUpperCase()
const hmac = (message: string, key: string) => upper(createHmac('sha256', key).update(message).digest('hex'))
const hash = (algorithm: 'md5' | 'sha256', message: string) =>
  upper(createHash(algorithm).update(message).digest('hex'))

const withTimes = ({ members, apiV2Key }: BusinessViewParts, timesOf: (timestamp: string) => readonly string[]) =>
  timesOf(members.timestamp ?? '').map((timestamp) => signBusinessView({ ...members, timestamp }, apiV2Key))

function withoutMember({ members, apiV2Key }: BusinessViewParts, left: string): string {
  const { [left]: _, ...others } = members
  return signBusinessView(others, apiV2Key)
}

/** The message with the members as they were given, not sorted. */
const asGiven = ({ members, apiV2Key }: BusinessViewParts) =>
  [...Object.entries(members).map(([name, value]) => `${name}=${value}`), `key=${apiV2Key}`].join('&')

/** The usual mistakes in signing for a page of Pay Score, in the order in which they are tried. */
export const businessViewMistakes: readonly BusinessViewMistake[] = [
  {
    name: 'api-v3-key',
    verdict: 'other-key',
    remedy:
      'Sign with the APIv2 key (APIv2密钥), at the end of the message and as the key of the HMAC: not the APIv3 key.',
    signs: ({ members, message, apiV2Key, apiV3Key }) => [
      signBusinessView(members, apiV3Key),
      hmac(message, apiV3Key),
      hmac(message.slice(0, -apiV2Key.length) + apiV3Key, apiV2Key),
    ],
  },
  {
    name: 'md5',
    verdict: 'other-message',
    remedy: 'Use HMAC-SHA256: these pages do not take MD5.',
    signs: (parts) => {
      const { sign_type: _, ...others } = parts.members
      return [parts, { ...parts, members: others }].map((one) => hash('md5', sortedMessage(one)))
    },
  },
  {
    name: 'sha256-without-hmac',
    verdict: 'other-message',
    remedy: 'Use HMAC-SHA256 with the APIv2 key as its key: a SHA-256 of the message is not enough.',
    signs: ({ message }) => [hash('sha256', message)],
  },
  {
    name: 'sign-type-not-signed',
    verdict: 'other-message',
    remedy: 'sign_type is signed too, between service_id (or package) and timestamp.',
    signs: (parts) => [withoutMember(parts, 'sign_type')],
  },
  {
    name: 'key-not-appended',
    verdict: 'other-message',
    remedy: 'End the message with &key= and the APIv2 key, which is the key of the HMAC besides.',
    signs: ({ message, apiV2Key }) => [hmac(message.slice(0, -`&key=${apiV2Key}`.length), apiV2Key)],
  },
  {
    name: 'not-sorted',
    verdict: 'other-message',
    remedy: 'Sort the names by ASCII: mch_id, nonce_str, out_order_no, service_id, sign_type, timestamp.',
    signs: (parts) => [hmac(asGiven(parts), parts.apiV2Key)],
  },
  {
    name: 'timestamp-unit',
    verdict: 'other-message',
    remedy: 'Unix seconds (10 digits) as a string is what timestamp takes, in the message and in the call.',
    signs: (parts) => withTimes(parts, otherUnits),
  },
  {
    name: 'timestamp-read-twice',
    verdict: 'other-message',
    remedy: 'Read the clock once: sign the same timestamp that is passed.',
    signs: (parts) => withTimes(parts, nearTimestamps),
  },
]

/** As it has to be signed, whatever the members are. */
export function sortedMessage({ members, apiV2Key }: Pick<BusinessViewParts, 'members' | 'apiV2Key'>): string {
  const names = Object.keys(members).filter((name) => members[name] !== '')
  return [...names.sort().map((name) => `${name}=${members[name]}`), `key=${apiV2Key}`].join('&')
}
