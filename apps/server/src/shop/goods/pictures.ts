import { readFile } from 'node:fs/promises'
import type { Env, Hono } from 'hono'

const FOLDER = new URL('./pictures/', import.meta.url)
const ONE_DAY = 'public, max-age=86400'

/** Serves the pictures of the catalogue to anybody: `/images/goods/<id>.png`. */
export function mountPictures<E extends Env>(app: Hono<E>): void {
  app.get('/images/goods/:file{[a-z0-9-]+\\.png}', async (c) => {
    const bytes = await readFile(new URL(c.req.param('file'), FOLDER)).catch(() => undefined)
    if (!bytes) return c.notFound()
    return c.body(bytes, 200, { 'Content-Type': 'image/png', 'Cache-Control': ONE_DAY })
  })
}
