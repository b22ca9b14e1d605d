export { cliPath } from './cli-path.ts'
export {
  backFromMiniProgram,
  type Entry,
  fromCard,
  fromCode,
  fromLink,
  fromMiniProgram,
} from './core/entry.ts'
export { HostError } from './core/errors.ts'
export { type BrowserOptions, openBrowser } from './node/chromium.ts'
export { type LaunchedInNode, type LaunchOptions, launch } from './node/launch.ts'
export type { LaunchedInChromium } from './node/launch-chromium.ts'
export type { Launched } from './node/launched.ts'
export { type Preview, type PreviewOptions, servePreview } from './preview/server.ts'
