import type { ObjectSchema } from 'joi'
import type { Comer, Operation } from './operation.js'
import { cookieName } from './csrf.js'

type Json = Record<string, unknown>

interface WithJsonSchema {
  '~standard': { jsonSchema: { input(options: { target: 'draft-2020-12' }): Json } }
}

/** Joi writes JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
const schemaOf = (schema: ObjectSchema): Json => {
  const { $schema: _, ...rest } = (schema as unknown as WithJsonSchema)['~standard'].jsonSchema.input({
    target: 'draft-2020-12',
  })
  return rest
}

function parameters(place: 'path' | 'query', schema: ObjectSchema | undefined): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema) as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: part,
  }))
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key gives the same answer for 24 hours (K9).',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const GUARDED = 'forbidden, csrf-failed, password-change-required'

/** What any operation may answer; its own words about a status take the place of these. */
const commonAnswers = ({ params, query, body, method, before }: Operation): Record<number, string> => ({
  ...(before && { 401: 'unauthenticated', 403: GUARDED }),
  ...((params || query || body) && { 400: 'invalid: malformed, or an unknown field' }),
  ...(body && { 413: 'too-large', 415: 'unsupported-type', 422: 'invalid' }),
  ...(method === 'post' && { 422: 'invalid, idempotency-key-reused' }),
  429: 'too-many-requests, with Retry-After',
  503: 'database-away, database-busy, with Retry-After',
})

/**
 * What a request must carry: the cookie, with the token on everything but reads, or a kiosk's own token. A link's secret
 * is in the address.
 */
const CARRIED: Record<Comer, (method: Operation['method']) => Json> = {
  staff: (method) => ({ staffCookie: [], ...(method !== 'get' && { csrfToken: [] }) }),
  kiosk: () => ({ kioskToken: [] }),
  link: () => ({}),
}

const securitySchemes = (secure: boolean): Json => ({
  staffCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName('staff', secure),
    description: 'Set by POST /session.',
  },
  csrfToken: {
    type: 'apiKey',
    in: 'header',
    name: 'X-CSRF-Token',
    description: 'The `csrfToken` that POST /session and GET /session answer.',
  },
  kioskToken: { type: 'http', scheme: 'bearer', description: 'The `token` of a paired kiosk: POST /devices/pair.' },
})

function describe(operation: Operation): Json {
  const answers = Object.entries({ ...commonAnswers(operation), ...operation.answers }).map(([status, description]) => [
    status,
    { description, ...(Number(status) >= 400 && { content: { 'application/problem+json': { schema: problem } } }) },
  ])
  return {
    summary: operation.summary,
    parameters: [
      ...parameters('path', operation.params as ObjectSchema | undefined),
      ...parameters('query', operation.query as ObjectSchema | undefined),
      ...(operation.method === 'post' ? [idempotencyKey] : []),
    ],
    ...(operation.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(operation.body as ObjectSchema) } },
      },
    }),
    responses: Object.fromEntries(answers),
    security: (operation.before?.comers ?? []).map((comer) => CARRIED[comer](operation.method)),
  }
}

const problem = { $ref: '#/components/schemas/Problem' }

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

/** The OpenAPI 3.1 document of the operations, from the schemas that validate them. */
export function openApiDocument(
  operations: readonly Operation[],
  { baseUrl, secure }: { baseUrl: string; secure: boolean },
): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = operation.path.replace(/:([A-Za-z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Turno', version: '1', description: 'Booking and queue of a public health authority’s counters' },
    servers: [{ url: `${baseUrl}/api/v1` }],
    paths,
    components: { schemas: { Problem: PROBLEM }, securitySchemes: securitySchemes(secure) },
  }
}
