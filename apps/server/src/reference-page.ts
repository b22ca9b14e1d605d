import type { OpenApiDocument } from './openapi.ts'

/** `/docs`: the OpenAPI document for people. One page without scripts and without anything from elsewhere. */
export function renderReference({ paths }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => renderOperation(method.toUpperCase(), path, operation)),
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Shouyin: reference</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }
h2 { font: 600 1rem ui-monospace, monospace; margin: 2.5rem 0 .25rem; border-top: 1px solid #ddd; padding-top: 1rem }
h2 b { color: #07834b; display: inline-block; min-width: 4rem }
pre { background: #f5f6f7; padding: .75rem; overflow: auto; font-size: 13px; border-radius: 4px }
table { border-collapse: collapse } td { padding: .1rem 1rem .1rem 0; vertical-align: top }
</style>
<h1>Shouyin: reference</h1>
<p>Made from the routes as they are served; for machines: <a href="/openapi.json">/openapi.json</a>.
Errors have one shape: <code>{ "error": { "code", "message", "field"?, "requestId" } }</code>.</p>
${operations.join('\n')}
</html>
`
}

type Operation = OpenApiDocument['paths'][string][string]

function renderOperation(method: string, path: string, operation: Operation): string {
  const { parameters, requestBody, responses, security, summary } = operation
  return `<h2><b>${method}</b> ${escapeHtml(path)}</h2>
<p>${escapeHtml(summary)}${renderSecurity(security)}</p>
${renderJson('Parameters', parameters)}${renderJson('Body', requestBody)}${renderResponses(responses)}`
}

function renderSecurity(security: unknown): string {
  const [needed] = (security ?? []) as readonly Readonly<Record<string, readonly string[]>>[]
  if (!needed) return ''
  const [scope] = needed.merchantKey ?? []
  return scope === undefined ? ' · needs a session' : ` · needs a merchant key with <code>${escapeHtml(scope)}</code>`
}

function renderResponses(responses: unknown): string {
  const entries = Object.entries(responses as Record<string, { description: string; content: unknown }>)
  const rows = entries.map(([status, { description }]) => `<tr><td>${status}<td>${escapeHtml(description)}`)
  const done = entries.find(([status]) => status.startsWith('2'))?.[1].content
  return `<table>${rows.join('')}</table>\n${renderJson('Answer', done)}`
}

const renderJson = (title: string, value: unknown): string =>
  value === undefined
    ? ''
    : `<details><summary>${title}</summary><pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre></details>\n`

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
