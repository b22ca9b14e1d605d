import { commands } from './commands/index.ts'
import { runCommand } from './commands/run.ts'

const output = { print: console.log, printError: console.error }
process.exitCode = await runCommand(commands, process.argv.slice(2), output)
