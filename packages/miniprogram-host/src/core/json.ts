/** What crosses between the two threads of a mini-program crosses as JSON. */
export function copyJson<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value))
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `root.cn[0].v`, as automator and `setData` write it. */
export function readPath(value: unknown, path: string | undefined): unknown {
  if (!path) return value
  let current = value
  for (const key of path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')) {
    if (key === '') continue
    if (typeof current !== 'object' || current === null) return undefined
    current = Reflect.get(current, key)
  }
  return current
}
