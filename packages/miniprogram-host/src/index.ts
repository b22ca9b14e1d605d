export { HostError } from './core/errors.ts'
export { type Launched, type LaunchOptions, launch } from './node/launch.ts'
export { type Preview, type PreviewOptions, servePreview } from './preview/server.ts'
