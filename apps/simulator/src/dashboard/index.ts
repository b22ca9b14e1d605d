import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { type Context, Hono } from 'hono'

const PUBLIC = new URL('./public/', import.meta.url)

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

// The page shows what strangers sent: no foreign or inline script, and the browser itself refuses innerHTML.
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "base-uri 'self'",
  "object-src 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
}

interface Asset {
  readonly type: string
  readonly text: string
}

function readAssets(): Map<string, Asset> {
  const assets = new Map<string, Asset>()
  for (const name of readdirSync(PUBLIC)) {
    const type = MEDIA_TYPES[extname(name)]
    if (type) assets.set(name, { type, text: readFileSync(new URL(name, PUBLIC), 'utf8') })
  }
  return assets
}

/**
 * The page that a developer watches, to be mounted under any path. It talks to `/_sim/` of the same origin and, opened
 * with `?mchid=`, shows the world of that merchant.
 */
export function dashboard(): Hono {
  const app = new Hono()
  const assets = readAssets()
  const page = assets.get('index.html')
  if (!page) throw new Error('dashboard/public/index.html is missing: the build has to copy dashboard/public')
  const showPage = (c: Context) => {
    const base = c.req.path.endsWith('/') ? c.req.path : `${c.req.path}/`
    const text = page.text.replace('href="./"', `href="${encodeURI(base)}"`)
    return c.body(text, 200, { ...HEADERS, 'Content-Type': page.type })
  }
  app.get('/', showPage)
  // Also matches the mount path with a slash at its end.
  app.get('/:asset{[^/]*}', (c, next) => {
    const name = c.req.param('asset')
    const asset = assets.get(name)
    if (name === '') return showPage(c)
    return asset ? c.body(asset.text, 200, { ...HEADERS, 'Content-Type': asset.type }) : next()
  })
  return app
}
