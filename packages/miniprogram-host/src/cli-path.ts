import { fileURLToPath } from 'node:url'

/** For `automator.launch({ cliPath, projectPath })`: an executable file that answers as WeChat DevTools' cli does. */
export const cliPath = fileURLToPath(new URL(`./cli.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url))
