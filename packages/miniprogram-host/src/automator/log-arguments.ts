/** What an app logged, as JSON: what cannot be copied is written as text. */
export function toJsonArguments(args: unknown[]): unknown[] {
  return args.map((value) => {
    if (Object.prototype.toString.call(value) === '[object Error]') return String(Reflect.get(Object(value), 'stack'))
    try {
      return JSON.parse(JSON.stringify(value) ?? '"undefined"')
    } catch {
      return String(value)
    }
  })
}
