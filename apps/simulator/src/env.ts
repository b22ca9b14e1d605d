import { parseArgs } from 'node:util'
import type { SimulatorOptions } from './index.ts'

export const USAGE = `Usage: wechatpay-simulator [--port 8701] [--host 127.0.0.1] [--data FILE]

A local WeChat Pay APIv3. --data keeps keys, orders and pending notifications; --port 0 takes any free port.`

/** The command line is wrong; the message says which option and what is expected. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readArguments(args: readonly string[]): SimulatorOptions | 'help' {
  const { port, host, data, help } = parse(args)
  if (help) return 'help'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError(`--port ${port} is not a port: give 0 to 65535`)
  if (host === '') throw new UsageError('--host is empty: give an address of this machine such as 127.0.0.1')
  if (data === '') throw new UsageError('--data is empty: give the path of a file')
  return { port: Number(port), host, ...(data === undefined ? {} : { dataFile: data }) }
}

function parse(args: readonly string[]) {
  // pnpm passes on the `--` that separates its own options.
  const own = args[0] === '--' ? args.slice(1) : [...args]
  try {
    return parseArgs({
      args: own,
      options: {
        port: { type: 'string', default: '8701' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
