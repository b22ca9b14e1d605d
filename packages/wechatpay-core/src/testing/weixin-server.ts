import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createOpenApi } from '../open-api/client.ts'

interface SeenRequest {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly type: string | undefined
  readonly body: unknown
}

/** An api.weixin.qq.com that answers everything alike, and a client of it. */
export async function weixin(answer: string, status = 200) {
  const seen: SeenRequest[] = []
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request
    const body = await text(request)
    seen.push({ method, url, type: headers['content-type'], body: body === '' ? undefined : JSON.parse(body) })
    response.writeHead(status).end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const openApi = createOpenApi({
    appid: 'wx1',
    appSecret: 'canary-secret',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
  return {
    seen,
    openApi,
    async [Symbol.asyncDispose]() {
      openApi.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
