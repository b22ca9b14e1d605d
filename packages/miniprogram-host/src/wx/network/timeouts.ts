import { readJson } from '../../core/app-config.ts'
import type { Host } from '../../core/host.ts'
import { isRecord } from '../../core/json.ts'
import type { Options } from '../contract.ts'

const DEFAULT_MS = 60_000

/** The call's own `timeout`, else app.json's `networkTimeout`, else a minute. Milliseconds. */
export function timeoutOf(host: Host, api: string, options: Options): number {
  const { networkTimeout } = readJson(host.env.files, 'app.json')
  const choices = [options.timeout, isRecord(networkTimeout) ? networkTimeout[api] : undefined]
  return choices.map(Number).find((timeoutMs) => timeoutMs > 0) ?? DEFAULT_MS
}
