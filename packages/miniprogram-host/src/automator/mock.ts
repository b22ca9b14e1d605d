import type { AppFunction } from '../core/environment.ts'
import type { Host } from '../core/host.ts'
import { copyJson, isRecord } from '../core/json.ts'
import { asyncApi, WxFailure } from '../wx/contract.ts'
import { defineApi } from '../wx/instrument.ts'
import { isSynchronous } from '../wx/synchronous.ts'
import { evaluateFunction } from './app.ts'
import type { Parameters } from './handles.ts'

/**
 * Replaces one wx method by a result or by a function of the app's realm; with neither it restores the original.
 * An errMsg with `:fail` or `:cancel` makes an asynchronous method fail.
 */
export async function mockWxMethod(
  host: Host,
  { method, functionDeclaration, result, args }: Parameters,
): Promise<void> {
  const name = String(method)
  const own = functionDeclaration === undefined ? undefined : await evaluateFunction(host, functionDeclaration)
  host.mocks.delete(name)
  if (functionDeclaration === undefined && result === undefined) return
  const original = host.wx[name]
  const origin =
    typeof original === 'function' ? (...given: unknown[]) => callOriginal(host, name, original, given) : undefined
  const extra = Array.isArray(args) ? args : []
  const compute: AppFunction = (...given) =>
    own ? Reflect.apply(own, { origin }, [...given, ...extra]) : host.env.logic.adopt(result)
  if (typeof original !== 'function') defineApi(host, name, () => undefined)
  host.mocks.set(name, isSynchronous(name) ? compute : asyncApi(host, name, (options) => answer(compute(options))))
}

async function answer(computed: unknown): Promise<Record<string, unknown>> {
  const value = copyJson(await computed)
  const members = isRecord(value) ? value : { result: value }
  const { errMsg } = members
  if (typeof errMsg === 'string' && /:(fail|cancel)/.test(errMsg)) throw new WxFailure('', members)
  return members
}

/** Inside a mock, `this.origin` is the real method: the mock steps aside for one call. */
function callOriginal(host: Host, name: string, original: unknown, given: unknown[]): unknown {
  const mock = host.mocks.get(name)
  host.mocks.delete(name)
  try {
    return Reflect.apply(original as AppFunction, host.wx, given)
  } finally {
    if (mock) host.mocks.set(name, mock)
  }
}
