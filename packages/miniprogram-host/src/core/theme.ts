import type { Theme } from './conditions.ts'
import type { Host } from './host.ts'

/** The theme as the app knows it: undefined, and light to see, unless app.json says `"darkmode": true`. */
export const themeOf = ({ config, conditions }: Pick<Host, 'config' | 'conditions'>): Theme | undefined =>
  config.darkmode ? conditions.theme : undefined
