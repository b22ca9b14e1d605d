import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A package as a user gets it: its packed files, in a folder that knows nothing of this repository. */
export interface Packed {
  folder: string
  installed: string
  tarball: string
  run(command: string, args: readonly string[], cwd?: string): string
  /** A dependency of the package, as installed here. */
  link(name: string): void
  remove(): void
}

/** `source` is the package's folder here, `name` its name; needs pnpm on the PATH. */
export function packPackage(name: string, source: string): Packed {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shouyin-packed-')))
  const installed = join(folder, 'node_modules', name)
  const run: Packed['run'] = (command, args, cwd = folder) =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' })
  run('pnpm', ['pack', '--pack-destination', folder], source)
  const tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '')
  mkdirSync(installed, { recursive: true })
  run('tar', ['xzf', tarball, '--strip-components=1', '-C', installed])
  return {
    folder,
    installed,
    tarball,
    run,
    link: (dependency) => {
      const place = join(folder, 'node_modules', dependency)
      mkdirSync(dirname(place), { recursive: true })
      symlinkSync(realpathSync(join(source, 'node_modules', dependency)), place, 'dir')
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
