import { defineConfig } from '@tarojs/cli'

/** Run through `builds.ts`, which names the app. */
const app = process.env.PROOF ?? 'vite'

/** Taroify would find these through pnpm's store, where the workspace's other version of Taro stands, too. */
const ONE_TARO = {
  name: 'one-taro',
  config: () => ({ resolve: { dedupe: ['@tarojs/plugin-platform-weapp', '@tarojs/react'] } }),
}

export default defineConfig<'vite'>({
  projectName: app,
  date: '2026-11-21',
  // Taroify's own sizes are for a drawing of 750.
  designWidth: 750,
  deviceRatio: { 750: 1 },
  sourceRoot: `${app}/src`,
  outputRoot: `dist/${app}`,
  framework: 'react',
  compiler: { type: 'vite', vitePlugins: [ONE_TARO] },
  logger: { quiet: true, stats: false },
  mini: {
    postcss: {
      pxtransform: { enable: true, config: {} },
      cssModules: { enable: true, config: { namingPattern: 'module', generateScopedName: '[name]__[local]' } },
    },
  },
})
