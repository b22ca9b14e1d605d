export interface Throttled {
  (): void
  /** Nothing runs any more. */
  stop(): void
}

/** Runs at once; calls that follow within `apartMs` become one more run at its end. */
export function throttle(apartMs: number, run: () => void): Throttled {
  let pause: NodeJS.Timeout | undefined
  let again = false
  const call = () => {
    again = pause !== undefined
    if (again) return
    run()
    pause = setTimeout(() => {
      pause = undefined
      if (again) call()
    }, apartMs)
  }
  return Object.assign(call, { stop: () => clearTimeout(pause) })
}
