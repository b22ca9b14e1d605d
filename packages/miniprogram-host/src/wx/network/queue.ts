/** At most so many calls at a time, the others wait for their turn; one that is given up while waiting leaves the line. */
export function createQueue(limit: number) {
  let running = 0
  const waiting = new Set<() => void>()
  const leave = (): void => {
    const [next] = waiting
    if (!next) running -= 1
    else {
      waiting.delete(next)
      next()
    }
  }
  return async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    if (running < limit) running += 1
    else await turn(waiting, signal)
    try {
      return await work()
    } finally {
      leave()
    }
  }
}

export type Queue = ReturnType<typeof createQueue>

const turn = (waiting: Set<() => void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    waiting.add(resolve)
    signal.addEventListener('abort', () => {
      if (waiting.delete(resolve)) reject(signal.reason)
    })
  })
