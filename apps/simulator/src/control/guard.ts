import { isLoopback } from '@shouyin/wechatpay-core/contract'
import type { Context, Next } from 'hono'
import { Problem } from './problem.ts'

/**
 * Control calls come from this machine only: a page on another site could otherwise reach them through the developer's
 * browser, directly (Origin) or by a name that resolves to 127.0.0.1 (Host).
 */
export async function guard(c: Context, next: Next): Promise<void> {
  const host = c.req.header('host') ?? ''
  if (!isLocal(`http://${host}`)) {
    throw new Problem(403, 'HOST_NOT_LOCAL', `Host ${host} is not this machine: call http://127.0.0.1:<port>/_sim/`)
  }
  const origin = c.req.header('origin')
  if (origin !== undefined && !isLocal(origin)) {
    const remedy = 'call it from a page on 127.0.0.1 or from a program that sends no Origin'
    throw new Problem(403, 'ORIGIN_NOT_LOCAL', `Origin ${origin} is not this machine: ${remedy}`)
  }
  await next()
}

function isLocal(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && isLoopback(url)
}
