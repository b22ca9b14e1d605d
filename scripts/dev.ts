/** `pnpm dev [--no-preview]`: database, simulator, server, mini-program and its preview page, until Ctrl-C. */
import { run } from './dev/run.ts'

process.stdout.on('error', () => {}) // the terminal may be gone before we are
process.stderr.on('error', () => {})
process.exit(await run(process.argv.slice(2), process.env))
