import { Gauge, Registry } from 'prom-client'
import type { ServerCtx } from './context.ts'
import { within } from './within.ts'

/** What one metric shows, and the names of its labels. */
export interface GaugeDeclaration {
  readonly help: string
  readonly labels?: readonly string[]
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** One number, several by their labels (those of equal labels add up), or undefined: nothing is known. */
export type GaugeValue = number | undefined | readonly Sample[]

/** Numbers about the business that are read from the database when somebody asks for metrics, with one cheap look. */
export interface GaugeGroup<Name extends string = string> {
  readonly gauges: Readonly<Record<Name, GaugeDeclaration>>
  read(ctx: ServerCtx): Promise<Readonly<Record<Name, GaugeValue>>>
}

/** Groups that have a sweep say here how far it is behind. */
export const sweepLag = {
  shouyin_sweep_lag_seconds: {
    help: 'For how long the oldest work has been due that a sweep has not taken up',
    labels: ['sweep'],
  },
} as const

/** @param due when the oldest work came due; null: nothing waits */
export const lagOf = (
  sweep: string,
  due: Date | null,
  now: Date,
): { readonly shouyin_sweep_lag_seconds: Sample[] } => ({
  shouyin_sweep_lag_seconds: [{ labels: { sweep }, value: ageSeconds(due, now) }],
})

/** 0 for what is not there, or not yet. */
export const ageSeconds = (since: Date | null, now: Date): number =>
  since === null ? 0 : Math.max(0, (now.getTime() - since.getTime()) / 1000)

/** Prometheus gives up after 10 s, and then has nothing at all. */
const READ_WITHIN_MS = 2_000

/**
 * All groups in the text format of Prometheus, read one after the other on one connection. What the database does not
 * tell in time is left out. Every process shows the same, so take the maximum, not the sum.
 */
export async function renderGauges(ctx: ServerCtx, groups: readonly GaugeGroup[]): Promise<string> {
  const registry = new Registry()
  const deadline = performance.now() + READ_WITHIN_MS
  for (const group of groups) {
    const left = deadline - performance.now()
    const values = left >= 1 ? await within(left, group.read(ctx)) : undefined
    if (!values) ctx.log.warn({ fields: Object.keys(group.gauges) }, 'the database does not tell these gauges')
    for (const [name, declaration] of Object.entries(group.gauges)) show(registry, name, declaration, values?.[name])
  }
  return registry.metrics()
}

function show(registry: Registry, name: string, { help, labels = [] }: GaugeDeclaration, value: GaugeValue): void {
  const known = registry.getSingleMetric(name)
  const gauge = known instanceof Gauge ? known : new Gauge({ name, help, labelNames: labels, registers: [registry] })
  // prom-client shows 0 where nothing was set, and nothing known is not 0.
  if (value === undefined && labels.length === 0) gauge.remove()
  else if (typeof value === 'number') gauge.set(value)
  else for (const sample of value ?? []) gauge.inc(sample.labels, sample.value)
}
