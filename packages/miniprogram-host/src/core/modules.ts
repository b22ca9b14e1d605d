import type { AppFunction } from './environment.ts'
import type { Host } from './host.ts'
import { resolvePath } from './path.ts'

export type Require = (fromFile: string, request: string) => unknown

/** CommonJS as the mini-program knows it: relative paths inside the build, each file once. */
export function createRequire(host: Host, variables: Record<string, unknown>): Require {
  const modules = new Map<string, { exports: unknown }>()
  const require: Require = (fromFile, request) => {
    const resolved = resolvePath(fromFile, request)
    const path = resolved.endsWith('.js') ? resolved : `${resolved}.js`
    const cached = modules.get(path)
    if (cached) return cached.exports
    const module = { exports: host.env.logic.adopt({}) as unknown }
    modules.set(path, module)
    const requireHere: AppFunction = (next) => require(path, String(next))
    host.env.logic.runModule(path, { ...variables, require: requireHere, module, exports: module.exports })
    return module.exports
  }
  return require
}
