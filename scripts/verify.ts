/** `pnpm verify`: every gate that needs no database, in seconds; run before each commit. */
import { spawn } from 'node:child_process'

interface Gate {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

const gates: readonly Gate[] = [
  { name: 'format and lint', command: 'biome', args: ['check', '--error-on-warnings'] },
  { name: 'types', command: 'turbo', args: ['run', 'typecheck', '--output-logs=errors-only'] },
  { name: 'types of scripts', command: 'tsc', args: ['-p', '.'] },
  {
    name: 'structure, imports and doc paths',
    command: 'vitest',
    args: ['run', '--project', 'scripts', 'scripts/gates'],
  },
]

/** Output is kept back and shown only when the gate fails. */
function run({ command, args }: Gate): Promise<{ readonly ok: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', (error) => resolve({ ok: false, output: error.message }))
    child.once('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }))
  })
}

let failed = 0
for (const gate of gates) {
  const startedAt = performance.now()
  const { ok, output } = await run(gate)
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${gate.name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
  if (ok) continue
  failed += 1
  console.log(output)
}
process.exitCode = failed === 0 ? 0 : 1
