import type { AppFunction } from './environment.ts'
import { describeError } from './errors.ts'
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
    const own = { require: requireOf(host, require, path), module, exports: module.exports }
    host.env.logic.runModule(path, { ...variables, ...own })
    return module.exports
  }
  return require
}

/**
 * `require` inside one file. Code of another sub-package comes later, by callback or by `require.async`.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages/async.html
 */
function requireOf(host: Host, require: Require, fromFile: string): AppFunction {
  const load = (request: unknown, success: AppFunction, fail: AppFunction): void => {
    host.env.window.setTimeout(() => {
      let exports: unknown
      try {
        exports = require(fromFile, String(request))
      } catch (error) {
        return void fail(host.env.logic.adopt({ mod: String(request), errMsg: describeError(error).message }))
      }
      success(exports)
    }, 0)
  }
  const requireHere: AppFunction = (request, success, fail) => {
    if (typeof success !== 'function') return require(fromFile, String(request))
    return load(request, success as AppFunction, typeof fail === 'function' ? (fail as AppFunction) : () => {})
  }
  const async = (request: unknown) => new host.env.logic.Promise((resolve, reject) => load(request, resolve, reject))
  return Object.assign(requireHere, { async })
}
