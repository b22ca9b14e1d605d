// Builds the mini-program for WeChat.
//   node build.mjs              production, dist/weapp
//   node build.mjs --watch      development, dist/weapp-dev, again at every change
//   node build.mjs --once-dev   development, dist/weapp-dev, once
// API_BASE_URL is the address of the server; SIMULATOR_URL is for development builds only.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values: flags } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    'once-dev': { type: 'boolean', default: false },
    source: { type: 'string', default: 'src' },
    output: { type: 'string' },
  },
})
const development = flags.watch || flags['once-dev']

function fail(message) {
  console.error(message)
  process.exit(1)
}

/** Phones take https only; plain http is for the developer's own machine. */
function address(name, fallback) {
  const value = process.env[name] || fallback
  const url = URL.canParse(value) ? new URL(value) : fail(`${name}: "${value}" is not a URL. Write it like ${fallback}`)
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(loopback && url.protocol === 'http:'))
    fail(`${name}: "${value}" must be https, or http to this machine`)
  if (url.search || url.hash) fail(`${name}: "${value}" must end before the "?" or "#"`)
  return url.href.replace(/\/+$/, '')
}

if (!development && !process.env.API_BASE_URL)
  console.error(
    'API_BASE_URL is not set: this build talks to http://127.0.0.1:8700 and works on this machine only.\n' +
      'For phones: API_BASE_URL=https://<your domain> node build.mjs',
  )

const env = {
  ...process.env,
  NODE_ENV: flags.watch ? 'development' : 'production',
  API_BASE_URL: address('API_BASE_URL', 'http://127.0.0.1:8700'),
  SIMULATOR_URL: development ? address('SIMULATOR_URL', 'http://127.0.0.1:8701') : '',
  WEAPP_SOURCE: flags.source,
  WEAPP_OUTPUT: flags.output ?? (development ? 'dist/weapp-dev' : 'dist/weapp'),
}
const taro = createRequire(import.meta.url).resolve('@tarojs/cli/bin/taro')
const child = spawn(process.execPath, [taro, 'build', '--type', 'weapp', ...(flags.watch ? ['--watch'] : [])], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  stdio: ['ignore', 'pipe', 'pipe'],
  env,
})

// Taro greets, tips and draws. A build that went well needs one line, one that failed says all.
let said = ''
function hear(text) {
  said += text
  if (!flags.watch || !/Watching\.\.\./.test(said)) return
  if (/✖ Errors/.test(said)) process.stderr.write(said)
  else console.log(`mini-program built${/ in [\d.]+\w+/.exec(said)?.[0] ?? ''}`)
  said = ''
}
for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('close', (code, signal) => {
  if (code !== 0) process.stderr.write(said)
  process.exitCode = signal ? 1 : code
})
