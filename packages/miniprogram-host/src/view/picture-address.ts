import type { Host } from '../core/host.ts'
import { resolvePath } from '../core/path.ts'

/** Where a browser finds a picture: of the run's own files, of the build, relative to who shows it, or anywhere else. */
export function pictureAddress(host: Host, src: string, owner: string): string {
  const { Blob, URL } = host.env.window
  const stored = host.files.files.get(src)
  if (stored && host.env.hasLayout) return URL.createObjectURL(new Blob([stored.bytes]))
  return /^(https?|data|blob):/.test(src) ? src : `/-/build/${resolvePath(owner, src)}`
}
