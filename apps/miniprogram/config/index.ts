import path from 'node:path'
import { defineConfig } from '@tarojs/cli'

const root = path.resolve(__dirname, '..')
const outputRoot = process.env.WEAPP_OUTPUT ?? 'dist/weapp'
/** Classes have readable names then. */
const watching = process.env.NODE_ENV === 'development'

/** Each level is a copy of every template. Our pages are not as deep as Taro's 16, deeper ones work as well. Not in Taro's types. */
const templates = { baseLevel: 12 }

/** Run through `build.mjs`, which checks the settings that are read here. */
export default defineConfig<'webpack5'>({
  projectName: 'miniprogram',
  date: '2026-11-20',
  designWidth: 375,
  deviceRatio: { 375: 2 },
  sourceRoot: process.env.WEAPP_SOURCE ?? 'src',
  outputRoot,
  framework: 'react',
  plugins: [path.join(root, 'config/aria.ts')],
  logger: { quiet: true, stats: false },
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  // One per output and mode: two builds that run at the same time must not share a cache.
  cache: { enable: true, name: `${outputRoot.replace(/\//g, '-')}-${process.env.NODE_ENV}` },
  // Words of the shopper as they are: escaped, each letter is twice as long.
  terser: { config: { output: { ascii_only: false } } },
  defineConstants: {
    'process.env.API_BASE_URL': JSON.stringify(process.env.API_BASE_URL ?? ''),
    'process.env.SIMULATOR_URL': JSON.stringify(process.env.SIMULATOR_URL ?? ''),
  },
  mini: {
    // Else a development build writes into react's package.json in node_modules, which other checkouts share.
    debugReact: true,
    // The workspace packages are TypeScript sources: without this they reach webpack untranslated.
    compile: { include: [path.resolve(root, '../../packages')] },
    // A source folder outside this one (the bare app of the size bench) finds the same libraries.
    webpackChain: (chain) => void chain.resolve.modules.add('node_modules').add(path.join(root, 'node_modules')),
    // Every class is a module's own, so the order of the style sheets decides nothing.
    miniCssExtractPluginOption: { ignoreOrder: true },
    ...templates,
    minifyXML: { collapseWhitespace: true },
    postcss: {
      // A px is a px, as in WeChat's own pages: a finger and a letter are no smaller on a narrow phone.
      pxtransform: { enable: false, config: {} },
      cssModules: {
        enable: true,
        config: { namingPattern: 'module', generateScopedName: `${watching ? '[name]__[local]_' : ''}[hash:base64:5]` },
      },
    },
  },
})
