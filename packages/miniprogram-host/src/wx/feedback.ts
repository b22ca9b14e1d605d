import type { Host } from '../core/host.ts'
import { hideToast, showToast } from '../shell/toast.ts'
import { asyncApi } from './contract.ts'

const DURATION_MS = 1500

export function feedbackApis(host: Host) {
  return {
    showToast: asyncApi(host, 'showToast', ({ title, icon, duration, mask }) =>
      showToast(host, {
        title: String(title ?? ''),
        icon: icon === 'none' || icon === 'loading' || icon === 'error' ? icon : 'success',
        mask: mask === true,
        durationMs: Number(duration ?? DURATION_MS),
      }),
    ),
    hideToast: asyncApi(host, 'hideToast', () => hideToast(host)),
    showLoading: asyncApi(host, 'showLoading', ({ title, mask }) =>
      showToast(host, { title: String(title ?? ''), icon: 'loading', mask: mask === true, durationMs: undefined }),
    ),
    hideLoading: asyncApi(host, 'hideLoading', () => hideToast(host)),
  }
}
