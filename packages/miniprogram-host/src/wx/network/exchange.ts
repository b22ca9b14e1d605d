import type { CarriedRequest, CarriedResponse } from '../../core/environment.ts'
import type { Host } from '../../core/host.ts'
import { type DomainList, isListed } from './domains.ts'
import { failures } from './failures.ts'
import { headerOf } from './headers.ts'

const REDIRECTS = [301, 302, 303, 307, 308]
const REDIRECTS_MAX = 20

/** Sends it and follows redirects, each of which must be listed, too (配置重定向域名). */
export async function exchange(
  { env }: Host,
  list: DomainList,
  first: CarriedRequest,
  redirect: 'follow' | 'manual' = 'follow',
): Promise<CarriedResponse> {
  let request = first
  for (let hop = 0; hop <= REDIRECTS_MAX; hop += 1) {
    const response = await env.carrier(request)
    const location = headerOf(response.headers, 'location')
    if (redirect === 'manual' || !location || !REDIRECTS.includes(response.status)) return response
    await response.body.cancel()
    // Absolute ones are compared as written, so that `:443` counts here as well.
    const url = URL.canParse(location) ? location : new URL(location, request.url).href
    if (!isListed(env.domains, list, url)) throw failures.notListed()
    request = { ...request, url, ...onwards(request, response.status) }
  }
  throw failures.tooManyRedirects()
}

/** As browsers do: a POST goes on as GET, unless the status says that the method stays. */
function onwards({ method, headers }: CarriedRequest, status: number) {
  const becomesGet = status === 303 ? method !== 'GET' && method !== 'HEAD' : status < 303 && method === 'POST'
  if (!becomesGet) return {}
  const { 'content-type': _, ...rest } = headers
  return { method: 'GET', body: undefined, headers: rest }
}
