import { commonProblems } from '@shouyin/contracts/problem'
import type { Route } from '@shouyin/contracts/route'
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'

type Json = Readonly<Record<string, unknown>>

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly [member: string]: unknown
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: Json
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: Json
}

const problemRef = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } }

/** The routes as OpenAPI 3.1: made from what is served, so that it cannot say something else. */
export function describeRoutes(routes: readonly Route[]): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Shouyin', version: '0.1.0', description: 'What the mini-program says to the server.' },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function describeRoute(route: Route): Operation {
  const input = schemaOf(route.input, 'input') as { properties?: Record<string, Json>; required?: readonly string[] }
  const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]))
  const rest = Object.entries(input.properties ?? {}).filter(([name]) => !inPath.has(name))
  const required = (input.required ?? []).filter((name) => !inPath.has(name))
  const parameters = [
    ...[...inPath].map((name) => ({ name, in: 'path', required: true, schema: input.properties?.[name ?? ''] ?? {} })),
    ...(route.method === 'POST' ? [] : rest.map(([name, schema]) => queryParameter(name, schema, required))),
    ...(route.idempotent ? [idempotencyKey] : []),
  ]
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[/:-]+(\w)/g, (_, c: string) => c.toUpperCase())}`,
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.method === 'POST' && { requestBody: jsonBody(Object.fromEntries(rest), required) }),
    responses: {
      [route.status ?? 200]: {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(route.output, 'output') } },
      },
      ...problemResponses(route),
    },
    ...(!route.public && { security: [{ session: [] }] }),
  }
}

const queryParameter = (name: string, schema: Json, required: readonly string[]) => ({
  name,
  in: 'query',
  required: required.includes(name),
  schema,
})

const jsonBody = (properties: Json, required: readonly string[]) => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', properties, required, additionalProperties: false } } },
})

/** Codes by status: those of the route and those that any route of its kind may answer. */
function problemResponses(route: Route): Json {
  const { UNAUTHENTICATED, NOT_FOUND: _path, METHOD_NOT_ALLOWED: _method, ...always } = commonProblems
  const codes = { ...always, ...(!route.public && { UNAUTHENTICATED }), ...route.errors }
  const byStatus = Map.groupBy(Object.entries(codes), ([, status]) => status)
  return Object.fromEntries(
    [...byStatus].map(([status, entries]) => [
      status,
      { description: entries.map(([code]) => code).join(', '), content: problemRef },
    ]),
  )
}

const schemaOf = (schema: v.GenericSchema, typeMode: 'input' | 'output'): Json => {
  const { $schema: _, ...described } = toJsonSchema(schema, { errorMode: 'ignore', typeMode })
  return described as Json
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,128}$' },
}

const problemSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        field: { type: 'string', description: 'The input at fault, in dot notation' },
        requestId: { type: 'string' },
      },
    },
  },
}
