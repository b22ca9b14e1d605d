/**
 * A promise of the app's realm that nobody handles is the app's error. Those of our own realm keep what Node does with
 * them, which a listener would otherwise switch off.
 */
export function catchRejections(AppPromise: PromiseConstructor, fail: (error: unknown) => void): () => void {
  const listener = (reason: unknown, promise: unknown): void => {
    if (promise instanceof AppPromise) fail(reason)
    else if (process.listenerCount('unhandledRejection') === 1) throw reason
  }
  process.on('unhandledRejection', listener)
  return () => void process.off('unhandledRejection', listener)
}
