import { joinLines, type Mistake } from './mistake.ts'
import { bodyMistakes } from './request-body.ts'
import { formMistakes, nearTimestamps, otherUnits } from './shared.ts'

/** A request as it arrived. */
export interface RequestParts {
  readonly method: string
  readonly url: string
  readonly host: string
  readonly timestamp: string
  readonly nonce: string
  readonly body: string
  readonly appid?: string
  readonly mchid?: string
  readonly lines: readonly string[]
}

type Line = 'method' | 'url' | 'timestamp' | 'nonce' | 'body'

const withLine = (parts: RequestParts, line: Line, values: readonly string[]) =>
  values.map((value) => {
    const changed: RequestParts = { ...parts, ...Object.fromEntries([[line, value]]) }
    return joinLines([changed.method, changed.url, changed.timestamp, changed.nonce, changed.body])
  })

/** Percent-decoding that leaves a URL alone which cannot be decoded. */
function decode(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

const pathOf = (url: string) => url.split('?', 1)[0] ?? url
const encodeSegments = (url: string) => decode(url).replace(/[^/?&=]+/g, encodeURIComponent)
const lowerEscapes = (url: string) => url.replace(/%[0-9A-F]{2}/gi, (found) => found.toLowerCase())
const extraLine = (parts: RequestParts, value: string | undefined) =>
  value ? [joinLines([value, ...parts.lines]), joinLines([...parts.lines, value])] : []

const urlMistakes: readonly Mistake<RequestParts>[] = [
  {
    name: 'url-with-host',
    remedy: 'Sign path and query only, without scheme and host.',
    messages: (parts) => {
      const hosts = [parts.host, 'api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com']
      const prefixes = hosts.flatMap((host) => [`https://${host}`, `http://${host}`, host])
      return withLine(
        parts,
        'url',
        prefixes.map((prefix) => prefix + parts.url),
      )
    },
  },
  {
    name: 'url-without-query',
    remedy: 'Sign the query too: path, ? and query exactly as they are sent.',
    messages: (parts) => withLine(parts, 'url', [pathOf(parts.url), `${pathOf(parts.url)}?`]),
  },
  {
    name: 'url-bar-encoding',
    remedy: 'Sign the URL as your HTTP client sends it: it turns | into %7C, or better, use no | in out_trade_no.',
    messages: (parts) =>
      withLine(parts, 'url', [
        parts.url.replaceAll('|', '%7C'),
        parts.url.replaceAll('|', '%7c'),
        parts.url.replaceAll(/%7c/gi, '|'),
      ]),
  },
  {
    name: 'url-encoding',
    remedy: 'Sign the URL after percent-encoding, byte for byte as it is sent.',
    messages: (parts) =>
      withLine(parts, 'url', [
        decode(parts.url),
        encodeURI(parts.url),
        encodeSegments(parts.url),
        encodeSegments(parts.url).replaceAll('*', '%2A'),
        lowerEscapes(parts.url),
      ]),
  },
  {
    name: 'url-slash',
    remedy: 'Sign the path with the slashes that are sent: one at its start, none at its end.',
    messages: (parts) => withLine(parts, 'url', [`${parts.url}/`, parts.url.slice(1), parts.url.replace(/\/$/, '')]),
  },
]

const headMistakes: readonly Mistake<RequestParts>[] = [
  {
    name: 'method-lower-case',
    remedy: 'Write the method in upper case in the message.',
    messages: (parts) =>
      withLine(parts, 'method', [parts.method.toLowerCase(), parts.method[0] + parts.method.slice(1).toLowerCase()]),
  },
  {
    name: 'method-other',
    remedy: 'Sign the method that is sent.',
    messages: (parts) => withLine(parts, 'method', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  },
  {
    name: 'nonce-and-timestamp-swapped',
    remedy: 'The third line is the timestamp, the fourth the nonce.',
    messages: ({ method, url, timestamp, nonce, body }) => [joinLines([method, url, nonce, timestamp, body])],
  },
  {
    name: 'nonce-case',
    remedy: 'Sign nonce_str in the same case in which the header carries it.',
    messages: (parts) => withLine(parts, 'nonce', [parts.nonce.toLowerCase(), parts.nonce.toUpperCase()]),
  },
  {
    name: 'timestamp-read-twice',
    remedy: 'Read the clock once and use the same timestamp in the message and in the header.',
    messages: (parts) => withLine(parts, 'timestamp', nearTimestamps(parts.timestamp)),
  },
  {
    name: 'mchid-line',
    remedy: 'The message has five lines: method, URL, timestamp, nonce, body. mchid is not one of them.',
    messages: (parts) => extraLine(parts, parts.mchid),
  },
  {
    name: 'appid-line',
    remedy: 'The message has five lines: method, URL, timestamp, nonce, body. appid belongs to paySign only.',
    messages: (parts) => extraLine(parts, parts.appid),
  },
  {
    name: 'answer-message',
    remedy: 'Three lines are the message of answers and notifications; a request has five.',
    messages: ({ timestamp, nonce, body }) => [joinLines([timestamp, nonce, body])],
  },
]

/** The usual mistakes in signing a request, in the order in which they are tried. */
export const requestMistakes: readonly Mistake<RequestParts>[] = [
  ...formMistakes,
  ...bodyMistakes,
  ...urlMistakes,
  ...headMistakes,
  {
    // Last, because it is a thousand guesses.
    name: 'timestamp-unit',
    remedy: 'Unix seconds (10 digits), the same in the message and in the header, never milliseconds.',
    messages: (parts) => withLine(parts, 'timestamp', otherUnits(parts.timestamp)),
  },
]
