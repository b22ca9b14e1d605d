const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** A page of another site may point its name at this machine: only loopback names are answered. */
export function isLoopbackHost(host: string | undefined): boolean {
  if (!host || !URL.canParse(`http://${host}`)) return false
  return LOOPBACK.test(new URL(`http://${host}`).hostname)
}

/** A request that another page made carries its origin. */
export function isForeignOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && origin !== `http://${host}`
}
