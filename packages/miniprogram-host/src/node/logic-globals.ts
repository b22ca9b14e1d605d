/**
 * Run inside the logic realm before any code of the app: what ECMAScript brings and a phone does not goes away, and of
 * all code from text only `new Function('return this')` stays, which WeChat allows because bundlers write it.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/js-support.html
 */
export const LOGIC_GLOBALS = `(() => {
  delete globalThis.WebAssembly
  const real = Function
  const isThis = (args) => /^\\s*return this;?\\s*$/.test(String(args[args.length - 1]))
  const make = (args) => {
    if (isThis(args)) return function () { return globalThis }
    throw new EvalError('Code generation from strings disallowed for this context')
  }
  const only = new Proxy(real, { apply: (_, __, args) => make(args), construct: (_, args) => make(args) })
  Object.defineProperty(real.prototype, 'constructor', { value: only, writable: true, configurable: true })
  globalThis.Function = only
})()`
