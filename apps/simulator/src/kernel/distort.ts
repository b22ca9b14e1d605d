/** Changes one character of a base64 text into another that base64 knows. */
export const tamperBase64 = (base64: string): string => (base64.startsWith('A') ? 'B' : 'A') + base64.slice(1)

/** Changes the last letter or digit of a JSON text; it stays JSON. */
export function tamperJson(json: string): string {
  const at = /[0-9A-Za-z](?=[^0-9A-Za-z]*$)/.exec(json)?.index
  if (at === undefined) return json
  const old = json.charAt(at)
  return (
    json.slice(0, at) + (/\d/.test(old) ? String((Number(old) + 1) % 10) : old === 'x' ? 'y' : 'x') + json.slice(at + 1)
  )
}

/** The same download_url at another address. */
export function withForeignUrl(json: string, origin: string): string {
  const answer = JSON.parse(json)
  const { pathname, search } = new URL(answer.download_url)
  return JSON.stringify({ ...answer, download_url: new URL(pathname + search, origin).href })
}

/** The same JSON value, spelled as hardly anybody expects: other order, spaces, escapes, a newline at the end. */
export function respellJson(json: string): string {
  return `${respell(JSON.parse(json))}\n`
}

function respell(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(respell).join(' , ')} ]`
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? escapeText(value) : JSON.stringify(value)
  const members = Object.entries(value).reverse()
  return `{ ${members.map(([name, member]) => `${escapeText(name)} : ${respell(member)}`).join(' ,\n  ')} }`
}

/** The first character as `\uXXXX`, every slash as `\/`. */
function escapeText(text: string): string {
  if (text === '') return '""'
  const first = `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`
  return `"${first}${JSON.stringify(text.slice(1)).slice(1, -1).replaceAll('/', '\\/')}"`
}
