import type { ServerEnv } from '../env.ts'

/** Where a product, by default payments, is notified: of PUBLIC_URL, or of the server on this machine when a simulator needs no more. */
export function notifyUrlOf({ publicUrl, host, port, merchant }: ServerEnv, product = 'payments'): URL {
  const local = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  return new URL(`/wechatpay/notifications/${merchant.mchid}/${product}`, publicUrl ?? local)
}
