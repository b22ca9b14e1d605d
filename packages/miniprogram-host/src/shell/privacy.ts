import type { Host } from '../core/host.ts'
import { askPermission } from './permission.ts'

/** 官方隐私弹窗, which WeChat shows when the app has none of its own. Answers whether the user agreed. */
export const showPrivacyPopup = (host: Host): Promise<boolean> =>
  askPermission(host, {
    title: '用户隐私保护提示',
    text: '使用前请阅读《用户隐私保护指引》。同意后，小程序才能使用相关信息。',
    refuse: ['privacy-refuse', '拒绝'],
    allow: ['privacy-agree', '同意'],
  })
