import { bodyOf, serveHttp } from './servers.ts'

type Answer = (body: { action: string }) => unknown

/** A WeChat that answers as it is told, by path, and keeps what it was asked; of the rest it knows nothing. */
export async function serveWechat(answers: Record<string, Answer>) {
  const asked: Record<string, unknown>[] = []
  const url = await serveHttp(async (request, response) => {
    const body = JSON.parse(String(await bodyOf(request)) || '{}')
    const answer = answers[request.url ?? '']
    asked.push({ path: request.url, ...body })
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ? answer(body) : { error: {} }))
  })
  return { url, asked }
}
