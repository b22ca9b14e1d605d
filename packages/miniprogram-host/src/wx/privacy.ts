import type { Host } from '../core/host.ts'
import { showModal } from '../shell/modal.ts'
import { asyncApi } from './contract.ts'

/** These three have no promise form. Whether consent is needed is a condition of the phone. */
export function privacyApis(host: Host) {
  const setting = () => ({
    needAuthorization: host.conditions.needsPrivacyConsent,
    privacyContractName: '《用户隐私保护指引》',
  })
  return {
    getPrivacySetting: asyncApi(host, 'getPrivacySetting', setting, 'callbacks'),
    requirePrivacyAuthorize: asyncApi(host, 'requirePrivacyAuthorize', () => {}, 'callbacks'),
    openPrivacyContract: asyncApi(host, 'openPrivacyContract', () => void showContract(host), 'callbacks'),
  }
}

const showContract = (host: Host) =>
  showModal(host, {
    title: '用户隐私保护指引',
    content: '在微信里，这里是小程序在后台填写的《用户隐私保护指引》。',
    confirmText: '返回',
    cancelText: '',
    confirmColor: '#576b95',
    cancelColor: 'inherit',
    hasCancel: false,
    placeholder: undefined,
  })
