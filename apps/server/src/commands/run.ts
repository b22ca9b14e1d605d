import { describeFailure } from '../failure.ts'
import { type Command, UsageError } from './command.ts'

interface Output {
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
}

const USAGE_EXIT_CODE = 2

/**
 * Runs the command that the first word names.
 * @returns the exit code: 0 done, 1 failed, 2 called wrongly
 */
export async function runCommand(
  commands: Readonly<Record<string, Command>>,
  [name = '', ...args]: readonly string[],
  { print, printError }: Output,
): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    if (name !== '') printError(`there is no command ${name}`)
    printError(usageOf(commands))
    return USAGE_EXIT_CODE
  }
  try {
    return await command.run(args, print)
  } catch (error) {
    printError(describeFailure(error))
    if (!isMisuse(error)) return 1
    printError(usageOf({ [name]: command }))
    return USAGE_EXIT_CODE
  }
}

/** Ours, or that of node's parseArgs. */
const isMisuse = (error: unknown): boolean =>
  error instanceof UsageError || (error instanceof Error && /^ERR_PARSE_ARGS/.test(String(Reflect.get(error, 'code'))))

function usageOf(commands: Readonly<Record<string, Command>>): string {
  const lines = Object.entries(commands).map(([name, { options, summary }]) => ({
    call: `${name} ${options}`.trim(),
    summary,
  }))
  const width = Math.max(...lines.map(({ call }) => call.length))
  const wraps = width > 40
  const line = ({ call, summary }: (typeof lines)[number]) =>
    wraps ? `  ${call}\n      ${summary}` : `  ${call.padEnd(width)}   ${summary}`
  return ['usage: pnpm shouyin <command>', ...lines.map(line)].join('\n')
}
