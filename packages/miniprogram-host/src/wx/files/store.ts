import { FILE_ROOTS, newPath, type StoredFile } from '../../core/files.ts'
import type { Host } from '../../core/host.ts'
import { normalizePath } from '../../core/path.ts'
import { WxFailure } from '../contract.ts'

/** 「本地缓存文件和本地用户文件的总大小限制为 200M」 */
const KEPT_BYTES_MAX = 200 * 1024 * 1024
const ROOTS: readonly string[] = Object.values(FILE_ROOTS)

/** Codes and texts: https://developers.weixin.qq.com/miniprogram/dev/api/file/FileSystemManager.readFile.html */
export const fileFailures = {
  notFound: (path: string) => new WxFailure(`no such file or directory ${path}`, { errno: 1300002 }),
  denied: (path: string) => new WxFailure(`permission denied, cannot access file path ${path}`, { errno: 1301000 }),
  full: () => new WxFailure('the maximum size of the file storage limit is exceeded', { errno: 1300202 }),
  isDirectory: (path: string) => new WxFailure(`illegal operation on a directory ${path}`, { errno: 1301003 }),
  invalid: () => new WxFailure('Invalid argument', { errno: 1300022 }),
  badBase64: () => new WxFailure('base64 encode error', { errno: 1300203 }),
} as const

/** A local file, or a text of the build (代码包文件), which can be read, too. */
export function findFile({ files, env }: Host, path: string): StoredFile | undefined {
  if (path.includes('://')) return files.files.get(path)
  const text = env.files[normalizePath(path)]
  return text === undefined ? undefined : { bytes: new TextEncoder().encode(text), modifiedSec: 0 }
}

export function requireFile(host: Host, path: string): StoredFile {
  if (isRoot(path)) throw fileFailures.isDirectory(path)
  const file = findFile(host, path)
  if (!file) throw fileFailures.notFound(path)
  return file
}

/** Only the user's folder takes writes; it has no folders in it, so what lies deeper has no parent. */
export function checkWritable(path: string): void {
  if (path === FILE_ROOTS.user || path === `${FILE_ROOTS.user}/`) throw fileFailures.isDirectory(path)
  if (!path.startsWith(`${FILE_ROOTS.user}/`)) throw fileFailures.denied(path)
  if (path.slice(FILE_ROOTS.user.length + 1).includes('/')) throw fileFailures.notFound(path)
}

export function writeFile(host: Host, path: string, bytes: Uint8Array<ArrayBuffer>): void {
  checkWritable(path)
  put(host, path, bytes)
}

/** Puts it among the temporary files and returns its path. */
export function addTemporary(host: Host, bytes: Uint8Array<ArrayBuffer>, suffix: string): string {
  const path = newPath(host.files, FILE_ROOTS.temporary, suffix)
  put(host, path, bytes)
  return path
}

/** Moves a temporary file to where it stays, and returns that path. */
export function saveFile(host: Host, temporary: string, wanted: string | undefined): string {
  const { bytes } = requireFile(host, temporary)
  if (!temporary.startsWith(`${FILE_ROOTS.temporary}/`)) throw fileFailures.denied(temporary)
  if (wanted !== undefined) checkWritable(wanted)
  const suffix = /\.(\w+)$/.exec(temporary)?.[1] ?? ''
  const path = wanted ?? newPath(host.files, FILE_ROOTS.saved, suffix)
  put(host, path, bytes)
  host.files.files.delete(temporary)
  return path
}

export function unlink(host: Host, path: string): void {
  requireFile(host, path)
  checkWritable(path)
  host.files.files.delete(path)
}

export const isRoot = (path: string): boolean => ROOTS.includes(path.replace(/\/$/, ''))

function put({ files: { files } }: Host, path: string, bytes: Uint8Array<ArrayBuffer>): void {
  let keptBytes = path.startsWith(FILE_ROOTS.temporary) ? 0 : bytes.length
  for (const [other, file] of files) {
    if (other !== path && !other.startsWith(FILE_ROOTS.temporary)) keptBytes += file.bytes.length
  }
  if (keptBytes > KEPT_BYTES_MAX) throw fileFailures.full()
  files.set(path, { bytes, modifiedSec: Math.floor(Date.now() / 1000) })
}
