type Fail = (reason: unknown) => void

const realms = new Map<PromiseConstructor, Fail>()

/**
 * A promise of an app's realm that nobody handles is that app's error. Others keep what Node does with them when nobody
 * listens, which our listening would otherwise switch off.
 */
function listener(reason: unknown, promise: unknown): void {
  for (const [AppPromise, fail] of realms) {
    if (promise instanceof AppPromise) {
      fail(reason)
      return
    }
  }
  if (process.listenerCount('unhandledRejection') === 1) throw reason
}

export function catchRejections(AppPromise: PromiseConstructor, fail: Fail): () => void {
  realms.set(AppPromise, fail)
  if (realms.size === 1) process.on('unhandledRejection', listener)
  return () => {
    realms.delete(AppPromise)
    if (realms.size === 0) process.off('unhandledRejection', listener)
  }
}
