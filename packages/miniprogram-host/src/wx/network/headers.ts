import type { HeaderList } from '../../core/environment.ts'
import type { Host } from '../../core/host.ts'
import { isRecord } from '../../core/json.ts'

/**
 * The app's headers, and those that WeChat sets: `Referer` cannot be the app's. Its version is `devtools`, as from
 * DevTools. The user agent is a GUESS in all but `MicroMessenger`, `NetType` and `Language`.
 */
export function requestHeaders(host: Host, given: unknown): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': userAgent(host) }
  for (const [name, value] of Object.entries(isRecord(given) ? given : {})) headers[name.toLowerCase()] = String(value)
  headers.referer = `https://servicewechat.com/${host.env.appid}/devtools/page-frame.html`
  return headers
}

function userAgent({ conditions }: Host): string {
  const browser = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
  return `${browser} Mobile/15E148 MicroMessenger/8.0.50 NetType/${conditions.networkType.toUpperCase()} Language/zh_CN`
}

export function headerOf(headers: HeaderList, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

export const cookiesOf = (headers: HeaderList): string[] =>
  headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value)
