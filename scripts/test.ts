/** `pnpm test`: every test of the house; starts what it needs by itself. Arguments go to vitest. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'shouyin-test-'))
const report = join(folder, 'report.json')

const child = spawn(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
)
const code = await new Promise<number>((resolve) => child.once('close', (exitCode) => resolve(exitCode ?? 1)))

const { passed, failed } = count()
rmSync(folder, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = code === 0 && failed === 0 && passed > 0 ? 0 : 1

/** A file that fails to load has no tests to count, so it counts as one failure. */
function count(): { readonly passed: number; readonly failed: number } {
  try {
    const summary = JSON.parse(readFileSync(report, 'utf8')) as {
      readonly numPassedTests: number
      readonly numFailedTests: number
      readonly numFailedTestSuites: number
    }
    const { numPassedTests: passed, numFailedTests: failures, numFailedTestSuites: suites } = summary
    return { passed, failed: failures > 0 ? failures : suites }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
