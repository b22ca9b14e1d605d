/** `a/./b/../c`, with or without a leading slash, becomes `a/c`: every path inside a build is written this way. */
export function normalizePath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}

export const directoryOf = (path: string): string => path.split('/').slice(0, -1).join('/')

/** A leading slash means the root of the mini-program, everything else is relative to the file that asks. */
export function resolvePath(fromFile: string, request: string): string {
  return normalizePath(request.startsWith('/') ? request : `${directoryOf(fromFile)}/${request}`)
}

export interface PageAddress {
  path: string
  query: Record<string, string>
}

/** WeChat hands query values to `onLoad` as they were written: undecoded. */
export function parseAddress(url: string, fromPath = ''): PageAddress {
  const [path = '', search = ''] = url.split('?', 2)
  const query: Record<string, string> = {}
  for (const pair of search.split('&')) {
    if (!pair) continue
    const equals = pair.indexOf('=')
    query[equals < 0 ? pair : pair.slice(0, equals)] = equals < 0 ? '' : pair.slice(equals + 1)
  }
  return { path: resolvePath(fromPath, path), query }
}
