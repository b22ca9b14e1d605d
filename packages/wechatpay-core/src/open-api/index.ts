export { createOpenApi, type OpenApi, type OpenApiOptions } from './client.ts'
export { type LoginErrorName, loginEndpoint, type OpenApiEndpoint } from './endpoint.ts'
export { OpenApiError } from './error.ts'
export type { WechatUser } from './login.ts'
