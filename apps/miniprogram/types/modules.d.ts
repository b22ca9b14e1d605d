declare module '*.module.scss' {
  const style: Readonly<Record<string, string>>
  export default style
}
declare module '*.scss'

declare namespace NodeJS {
  interface ProcessEnv {
    /** Set by `build.mjs`, written into the bundle by `config/index.ts`. */
    API_BASE_URL?: string
    SIMULATOR_URL?: string
    WEAPP_SOURCE?: string
    WEAPP_OUTPUT?: string
  }
}
