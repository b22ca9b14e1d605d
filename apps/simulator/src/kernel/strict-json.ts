import { Refusal } from './refusal.ts'

const DEPTH_MAX = 64
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a request body: UTF-8, one JSON object, no name twice, not too deep. GUESS: no source shows these refusals.
 * @throws Refusal 400 PARAM_ERROR
 */
export function parseStrictJson(bytes: Uint8Array): object {
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
  } catch {
    throw refused('请求体不是合法的UTF-8编码', 'body is not UTF-8')
  }
  try {
    value = JSON.parse(text)
  } catch {
    throw refused('请求体不是合法的JSON格式', 'body is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused('请求体不是JSON对象', 'body is not a JSON object')
  }
  checkNames(text)
  return value
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g

/** Walks over JSON that is known to be valid: in an object the first text after `{` or `,` is a name. */
function checkNames(text: string): void {
  const open: (Set<string> | 'array')[] = []
  let expectsName = false
  for (const [token] of text.matchAll(TOKEN)) {
    const inside = open.at(-1)
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : 'array')
      if (open.length > DEPTH_MAX) throw refused('JSON嵌套层数过多', `body is nested deeper than ${DEPTH_MAX}`)
    } else if (token === '}' || token === ']') {
      open.pop()
    } else if (token !== ',' && expectsName && inside instanceof Set) {
      const name: string = JSON.parse(token)
      if (inside.has(name)) throw refused(`参数“${name}”重复`, `member ${name} is given twice`, `/${name}`)
      inside.add(name)
    }
    expectsName = token === '{' || token === ','
  }
}

const refused = (message: string, issue: string, field = '') =>
  new Refusal(400, 'PARAM_ERROR', message, { field, value: null, issue, location: 'body' })
