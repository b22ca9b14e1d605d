import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../apps/server/src/app.ts'
import { gauges } from '../../apps/server/src/gauges.ts'
import { systemClock } from '../../apps/server/src/kernel/clock.ts'
import { createDb } from '../../apps/server/src/kernel/db.ts'
import { createMetrics } from '../../apps/server/src/kernel/metrics.ts'
import { noOpenApi, testCtx } from '../../apps/server/src/testing/context.ts'
import { root } from './files.ts'

const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')
const rules = read('ops/prometheus/alerts.yml')
const alerts = rules
  .split(/^ {6}- alert: /m)
  .slice(1)
  .map((text) => ({ name: /^\w+/.exec(text)?.[0] ?? '', runbook: /runbook: (\S+)/.exec(text)?.[1], text }))
const anchorOf = (name: string) => `docs/operations.md#${name.toLowerCase().replace(/soon$/, '')}`
const headings = [...read('docs/operations.md').matchAll(/^#+ (.+)$/gm)].map((match) => match[1])

/** What a server shows under /metrics, here without a database: names are there all the same. */
async function shown(): Promise<Map<string, readonly string[]>> {
  const metrics = createMetrics()
  const db = createDb('postgres://nobody@127.0.0.1:9/none')
  const app = createApp({ ...testCtx({ db, clock: systemClock }), metrics, openApi: noOpenApi })
  const text = await (await app.request('/metrics')).text()
  await db.destroy()
  const labels = new Map<string, readonly string[]>()
  for (const group of gauges)
    for (const [name, gauge] of Object.entries(group.gauges)) labels.set(name, gauge.labels ?? [])
  for (const metric of metrics.registry.getMetricsAsArray()) {
    const names: unknown = Reflect.get(metric, 'labelNames')
    labels.set(metric.name, Array.isArray(names) ? names.map(String) : [])
  }
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] ?? '')
  return new Map(names.map((name) => [name, labels.get(name) ?? []]))
}

describe('alerts', () => {
  it('are many, and no two have one name', () => {
    expect(alerts.length).toBeGreaterThan(20)
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length)
  })

  it.each(alerts)('$name says what to do in docs/operations.md', ({ name, runbook }) => {
    expect(runbook).toBe(anchorOf(name))
    expect(headings.map((heading) => heading?.toLowerCase())).toContain(runbook?.split('#')[1])
  })

  it('are made of metrics and labels that the server shows', async () => {
    const metrics = await shown()
    const used = [...rules.matchAll(/\b(shouyin_\w+?)(?:_bucket|_count|_sum)?(?:\{([^}]*)\})?(?![\w{])/g)]
    expect(used.length).toBeGreaterThan(30)
    for (const [, name = '', matchers = ''] of used) {
      expect([...metrics.keys()]).toContain(name)
      for (const [, label = ''] of matchers.matchAll(/(\w+)(?:=~|!~|!=|=)"/g))
        expect(metrics.get(name)).toContain(label)
    }
  })

  it('each have a test that sees them fire', () => {
    const tests = read('ops/prometheus/alerts.test.yml')
    expect(alerts.filter(({ name }) => !tests.includes(`alertname="${name}"`))).toEqual([])
  })

  it('name every alarm that the server can raise in docs/operations.md', () => {
    const documented = read('docs/operations.md')
    expect(alarmsOfServer().filter((kind) => !documented.includes(`\`${kind}\``))).toEqual([])
  })

  it('fire and stay quiet as promtool says, where it is installed', () => {
    const { error, status, stderr, stdout } = spawnSync('promtool', ['test', 'rules', 'alerts.test.yml'], {
      cwd: `${root}ops/prometheus`,
      encoding: 'utf8',
    })
    if (error) return expect(Reflect.get(error, 'code')).toBe('ENOENT')
    expect(status, stdout + stderr).toBe(0)
  }, 60_000)
})

/** The words in `alarm('…'`, `alarm: '…'`, `alarmDaily(ctx, '…'` and the kinds of anomalies. */
function alarmsOfServer(): readonly string[] {
  const sources = spawnSync('git', ['ls-files', 'apps/server/src/*.ts'], { cwd: root, encoding: 'utf8' }).stdout
  const files = sources.split('\n').filter((file) => file !== '' && !/\.test\.ts$|\/testing\//.test(file))
  const raised = files.flatMap((file) =>
    [...read(file).matchAll(/alarm(?:\(|: |Daily\(\w+, )'(\w+)'/g)].map((match) => match[1]),
  )
  const anomalies = [...read('packages/contracts/src/merchant/anomalies.ts').matchAll(/^ {2}'(\w+)',$/gm)]
  const kinds = [...new Set([...raised, ...anomalies.map((match) => match[1])])]
  expect(kinds.length).toBeGreaterThan(20)
  return kinds.filter((kind) => kind !== undefined)
}
