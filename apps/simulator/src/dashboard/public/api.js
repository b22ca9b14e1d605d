const mchid = new URLSearchParams(location.search).get('mchid')

/** A control call in the world that this page shows. */
export function controlUrl(path, query = {}) {
  const search = new URLSearchParams({ ...query, ...(mchid ? { mchid } : {}) }).toString()
  return `/_sim/${path}${search ? `?${search}` : ''}`
}

/** @throws Error with the simulator's own message */
export async function control(method, path, body, query) {
  const response = await fetch(controlUrl(path, query), {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const isJson = response.headers.get('Content-Type')?.includes('json')
  const answer = isJson ? await response.json() : null
  if (response.ok) return answer
  throw new Error(answer?.error?.message ?? `${method} /_sim/${path} answered ${response.status}`)
}
