/** Small values that outlive the app, as JSON. */
export interface Storage {
  /** `undefined` when nothing is there. */
  read(key: string): unknown
  write(key: string, value: unknown): void
  remove(key: string): void
}

/** For tests. */
export function createMemoryStorage(): Storage {
  const values = new Map<string, string>()
  return {
    read: (key) => {
      const text = values.get(key)
      return text === undefined ? undefined : JSON.parse(text)
    },
    write: (key, value) => {
      values.set(key, JSON.stringify(value))
    },
    remove: (key) => {
      values.delete(key)
    },
  }
}
