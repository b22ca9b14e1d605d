import { normalizePath } from '../../core/path.ts'
import type { Project } from './project.ts'

const MEGABYTE = 1024 * 1024
const PACKAGE_BYTES_MAX = 2 * MEGABYTE
const TOTAL_BYTES_MAX = 30 * MEGABYTE

/** What is uploaded; DevTools leaves the rest (source maps, licences, its own configuration) out. */
const UPLOADED =
  /\.(js|json|wxml|wxss|wxs|wasm|br|png|jpe?g|gif|svg|webp|cer|cert|mp3|aac|m4a|mp4|wav|ogg|silk|ttf|otf|woff2?)$/i
const OWN = /^project\.(private\.)?config\.json$/

const inMegabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(2)} MB`

/** https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html */
export function checkSizes({ app, sizes, warn }: Project): void {
  const packages = app.subPackages ?? app.subpackages
  const roots = (Array.isArray(packages) ? packages : []).map(({ root }) => normalizePath(String(root)))
  const bytesOf = new Map<string, number>([['', 0]])
  for (const [file, bytes] of sizes) {
    if (!UPLOADED.test(file) || OWN.test(file)) continue
    const root = roots.find((one) => file.startsWith(`${one}/`)) ?? ''
    bytesOf.set(root, (bytesOf.get(root) ?? 0) + bytes)
  }
  for (const [root, bytes] of bytesOf) {
    if (bytes <= PACKAGE_BYTES_MAX) continue
    const name = root === '' ? 'The main package' : `The sub-package ${root}`
    warn(`${name} has ${inMegabytes(bytes)}: WeChat takes 2 MB at most; move pages into (other) sub-packages.`)
  }
  const total = [...bytesOf.values()].reduce((sum, bytes) => sum + bytes, 0)
  if (total > TOTAL_BYTES_MAX) warn(`All packages together have ${inMegabytes(total)}: WeChat takes 30 MB at most.`)
}
