/** DevTools' addresses; on a phone they begin with wxfile://. Apps take them from `wx.env` and from answers. */
export const FILE_ROOTS = { user: 'http://usr', saved: 'http://store', temporary: 'http://tmp' } as const

export interface StoredFile {
  bytes: Uint8Array<ArrayBuffer>
  /** Unix time, as `Stats` has it. */
  modifiedSec: number
}

/** Local files of one run, by path; they live as long as it does. */
export interface FileStore {
  files: Map<string, StoredFile>
  /** Number of the next file that gets its name from us. */
  nextId: number
}

export const createFileStore = (): FileStore => ({ files: new Map(), nextId: 1 })

/** A path for a new file below the root, such as `http://tmp/1.png`. */
export function newPath(store: FileStore, root: string, suffix: string): string {
  return `${root}/${store.nextId++}${suffix ? `.${suffix}` : ''}`
}
