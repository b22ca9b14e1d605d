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

const description =
  'What shoppers and the shop say to the server. A request may carry a short id of its own in the header Request-Ref, ' +
  '8 of 0-9 A-Z without I, L, O and U: it is in the log.'

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
    info: { title: 'Shouyin', version: '0.1.0', description },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token of POST /api/session' },
        merchantKey: { type: 'http', scheme: 'bearer', description: 'A key of pnpm shouyin keys:create, with scopes' },
      },
    },
  }
}

function describeRoute(route: Route): Operation {
  const inputs = objectsOf(route.input)
  const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name))
  const pathSchema = (name: string) => inputs[0]?.properties[name] ?? {}
  const parameters = [
    ...[...inPath].map((name) => ({ name, in: 'path', required: true, schema: pathSchema(name) })),
    ...(route.method === 'POST' ? [] : inputs.flatMap((input) => queryParameters(without(input, inPath)))),
    ...(route.idempotent ? [idempotencyKey] : []),
  ]
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[/:-]+(\w)/g, (_, c: string) => c.toUpperCase())}`,
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.method === 'POST' && { requestBody: jsonBody(inputs.map((input) => without(input, inPath))) }),
    responses: {
      [route.status ?? 200]: {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(route.output, 'output') } },
      },
      ...problemResponses(route),
    },
    ...(!route.public && { security: [route.scope ? { merchantKey: [route.scope] } : { session: [] }] }),
  }
}

interface ObjectSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, Json>>
  readonly required: readonly string[]
}

/** An input is an object, or one of several that a member tells apart. */
function objectsOf(input: v.GenericSchema): readonly ObjectSchema[] {
  const schema = schemaOf(input, 'input') as Partial<ObjectSchema> & { readonly oneOf?: readonly ObjectSchema[] }
  const { properties = {}, required = [] } = schema
  return schema.oneOf ?? [{ type: 'object', properties, required }]
}

const without = ({ type, properties, required }: ObjectSchema, names: ReadonlySet<string>): ObjectSchema => ({
  type,
  properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.has(name))),
  required: required.filter((name) => !names.has(name)),
})

const queryParameters = ({ properties, required }: ObjectSchema) =>
  Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))

function jsonBody(objects: readonly ObjectSchema[]) {
  const [schema, ...others] = objects.map((object) => ({ ...object, additionalProperties: false }))
  return {
    required: true,
    content: { 'application/json': { schema: others.length > 0 ? { oneOf: [schema, ...others] } : schema } },
  }
}

/** Codes by status: those of the route and those that any route of its kind may answer. */
function problemResponses(route: Route): Json {
  const { UNAUTHENTICATED, FORBIDDEN, NOT_FOUND: _path, METHOD_NOT_ALLOWED: _method, ...always } = commonProblems
  const asCaller = { ...(!route.public && { UNAUTHENTICATED }), ...(route.scope && { FORBIDDEN }) }
  const codes = { ...always, ...asCaller, ...route.errors }
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
