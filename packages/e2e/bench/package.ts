/**
 * `pnpm bench:package`: the main package of the mini-program ÷ that of a bare Taro app built with the same tools.
 * Goal: at most 1.25. WeChat's own limit is 2 MB a package; what is saved is the shopper's first second.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const app = fileURLToPath(new URL('../../../apps/miniprogram/', import.meta.url))
const bareSource = fileURLToPath(new URL('./bare-taro/src', import.meta.url))

/** Of DevTools, not of the package. */
const NOT_UPLOADED = 'project.config.json'

function build(output: string, ...flags: string[]): string {
  execFileSync(process.execPath, ['build.mjs', '--output', output, ...flags], {
    cwd: app,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, API_BASE_URL: 'https://api.example.com' },
  })
  return path.join(app, output)
}

/** Bytes of everything outside the subpackages. */
function mainPackageBytes(folder: string): number {
  const config: { subPackages?: { root: string }[] } = JSON.parse(readFileSync(path.join(folder, 'app.json'), 'utf8'))
  const roots = (config.subPackages ?? []).map(({ root }) => `${root}/`)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file !== NOT_UPLOADED && !roots.some((root) => file.startsWith(root)))
    .map((file) => statSync(path.join(folder, file)))
    .reduce((bytes, file) => bytes + (file.isFile() ? file.size : 0), 0)
}

const ours = mainPackageBytes(build('dist/bench'))
const bare = mainPackageBytes(build('dist/bench-bare', '--source', path.relative(app, bareSource)))
console.log(`main package ${ours} bytes, bare Taro app ${bare} bytes`)
console.log(`ratio ${(ours / bare).toFixed(2)} (goal ≤ 1.25)`)
