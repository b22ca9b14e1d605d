import { isTradeManagedEndpoint, type OpenApiEndpoint } from '@shouyin/wechatpay-core/open-api'
import type { World } from '../../kernel/world.ts'
import { type Answer, failure, type Operation } from '../operation.ts'

type Body = Readonly<Record<string, unknown>>

/** An operation that an access token opens. What it serves has no blank members: `null` and `""` count as absent. */
export function withToken(endpoint: OpenApiEndpoint, serve: (world: World, body: Body) => Answer): Operation {
  return {
    endpoint,
    findWorld(simulator, { query }) {
      const token = query.get('access_token') ?? ''
      return simulator.worlds.find((world) => world.accessTokens.check(token) !== 'unknown')
    },
    answer(world, { query, body }) {
      const token = query.get('access_token')
      if (!token) return refuse('TOKEN_MISSING', 'access_token missing')
      if (!world) return refuse('TOKEN_INVALID', 'invalid credential, access_token is invalid or not latest')
      if (world.accessTokens.check(token) === 'expired') return refuse('TOKEN_EXPIRED', 'access_token expired')
      if (!body) return refuse('DATA_FORMAT_INVALID', 'data format error')
      return serve(world, Object.fromEntries(membersOf(body)))
    },
  }
}

// Any of the three: what a token may be answered is the same for all.
const refuse = (name: 'TOKEN_MISSING' | 'TOKEN_INVALID' | 'TOKEN_EXPIRED' | 'DATA_FORMAT_INVALID', text: string) =>
  failure(isTradeManagedEndpoint, name, text)

const membersOf = (value: object): [string, unknown][] =>
  Object.entries(value)
    .filter(([, member]) => member !== null && member !== '')
    .map(([name, member]) => [name, withoutBlanks(member)])

function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks)
  return typeof value === 'object' && value !== null ? Object.fromEntries(membersOf(value)) : value
}
