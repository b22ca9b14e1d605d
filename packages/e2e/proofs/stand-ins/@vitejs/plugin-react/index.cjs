/**
 * Taro asks for @vitejs/plugin-react and takes from it, in a build, that JSX is compiled: esbuild, which vite brings, does
 * that alone. The plugin's own part, fast refresh, is for a web page.
 */
exports.default = () => ({ name: 'jsx-by-esbuild', config: () => ({ esbuild: { jsx: 'automatic' } }) })
