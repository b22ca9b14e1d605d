/** Tells a hook. What it throws or rejects is its own affair: metrics that are down must not break a payment. */
export function safely<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  try {
    Promise.resolve(hook?.(event)).catch(() => {})
  } catch {
    // See above.
  }
}
