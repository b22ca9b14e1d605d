export interface Pair {
  /** What one round measured, in a unit of which more is … whatever the bench says. */
  readonly ours: number
  readonly reference: number
}

/**
 * Runs rounds of ours and the reference in turn, because the machine is noisy, prints each and returns the median ratio.
 * The first round only warms up.
 */
export async function pairs(rounds: number, unit: string, measure: () => Promise<Pair>): Promise<number> {
  await measure()
  const ratios: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const { ours, reference } = await measure()
    ratios.push(ours / reference)
    console.log(`pair ${round}: ${show(ours)} ÷ ${show(reference)} ${unit} = ${(ours / reference).toFixed(2)}`)
  }
  return median(ratios)
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const show = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
