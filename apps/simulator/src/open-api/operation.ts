import { randomUUID } from 'node:crypto'
import type { OpenApiEndpoint, OpenApiErrorName } from '@shouyin/wechatpay-core/open-api'
import type { Simulator } from '../kernel/simulator.ts'
import type { World } from '../kernel/world.ts'

export interface OpenApiRequest {
  readonly query: URLSearchParams
  /** Undefined when it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined
}

export type Answer = Readonly<Record<string, unknown>>

/** One operation of api.weixin.qq.com: HTTP 200 with an errcode, unsigned. */
export interface Operation {
  readonly endpoint: OpenApiEndpoint
  /** By AppID or by access token; undefined when nobody has it. */
  findWorld(simulator: Simulator, request: OpenApiRequest): World | undefined
  answer(world: World | undefined, request: OpenApiRequest): Answer
}

export const OK: Answer = { errcode: 0, errmsg: 'ok' }

/** A declared errcode, worded as WeChat words it, with its trace. */
export function failure<E extends OpenApiEndpoint>(endpoint: E, name: OpenApiErrorName<E>, text: string): Answer {
  const errcode = endpoint.errors.find((error) => error.name === name)?.errcode
  return { errcode, errmsg: `${text} rid: ${randomUUID().slice(0, 8)}` }
}
