import type { Environment } from '../../core/environment.ts'
import type { RunOptions } from '../../core/run-options.ts'

export interface PreviewConfig {
  appid: string
  apiUrl: string | undefined
  simulatorUrl: string | undefined
  run: RunOptions
  /** Whether automator clients may drive the page. */
  automator: boolean
  files: Environment['files']
  styles: Environment['styles']
  warnings: Environment['warnings']
}

export async function loadConfig(): Promise<PreviewConfig> {
  const response = await fetch('/-/config.json')
  if (!response.ok) throw new Error(`the preview server answered ${response.status}`)
  return await response.json()
}

/** glass-easel, its adapter and the compiled templates are scripts: this page's policy knows no eval either. */
export async function loadView(): Promise<Pick<Environment, 'glassEasel' | 'adapter' | 'templates'>> {
  const addresses = ['/-/vendor/glass-easel', '/-/vendor/glass-easel-miniprogram-adapter', '/-/templates.js']
  const [glassEasel, adapter, templates] = await Promise.all(addresses.map((address) => import(address)))
  return { glassEasel, adapter, templates: templates.default }
}

export async function loadRegions(): ReturnType<Environment['regions']> {
  const address = '/-/vendor/@vant/area-data'
  return (await import(address)).areaList
}
