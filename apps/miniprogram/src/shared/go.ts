import { navigateBack, navigateTo, redirectTo } from '@tarojs/taro'
import { createNavigation } from './navigation.ts'
import { pause } from './pause.ts'
import { pagePaths, toast } from './wechat.ts'

const move = createNavigation({
  depth: () => pagePaths().length,
  now: Date.now,
  pause,
})

/** Opens a page on top; says so when WeChat did not, e.g. because the network is away and its package with it. */
export async function open(url: string): Promise<void> {
  if (!(await move(navigateTo, url))) toast('没有打开，检查网络后再试')
}

/** Both resolve to whether WeChat went there. */
export const replace = (url: string) => move(redirectTo, url)
export const goBack = () => move(() => navigateBack(), '')
