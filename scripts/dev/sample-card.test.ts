import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { provideCard } from './sample-card.ts'

/** Somebody who answers everything with that status, and remembers what was asked. */
async function answering(status: number) {
  const asked: string[] = []
  const server = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`)
    response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"error":{"code":"NO"}}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('what is there is not made again', async () => {
  const [server, simulator] = [await answering(200), await answering(200)]
  expect(await provideCard(server.url, simulator.url, 'key')).toBeUndefined()
  expect(simulator.asked).toEqual(['GET /_sim/discount-card/templates/badminton-30-days'])
  expect(server.asked).toEqual(['GET /api/merchant/card-templates/badminton-30-days'])
})

test.each([
  [500, /^no discount card is on offer: 500 \{"error"/],
  [404, /^no discount card is on offer: 404 /],
])('a service that answers %i is one sentence for the banner, not the end of everything', async (status, sentence) => {
  const [server, simulator] = [await answering(200), await answering(status)]
  expect(await provideCard(server.url, simulator.url, 'key')).toMatch(sentence)
  expect(server.asked).toEqual([])
})
