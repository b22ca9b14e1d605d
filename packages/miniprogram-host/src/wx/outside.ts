import { spendTap } from '../core/gesture.ts'
import type { Host } from '../core/host.ts'
import { showModal } from '../shell/modal.ts'
import { showPictures } from '../shell/pictures.ts'
import { asyncApi, type Options, WxFailure } from './contract.ts'

/** What leads out of the app, to the phone and to WeChat around it. */
export function outsideApis(host: Host) {
  return {
    makePhoneCall: asyncApi(host, 'makePhoneCall', (options) => call(host, options)),
    previewImage: asyncApi(host, 'previewImage', (options) => preview(host, options)),
    openCustomerServiceChat: asyncApi(host, 'openCustomerServiceChat', ({ corpId, extInfo }) => {
      if (!corpId || !Reflect.get(Object(extInfo), 'url'))
        throw new WxFailure('parameter error: corpId and extInfo.url are required;')
      spendTap(host)
    }),
    saveImageToPhotosAlbum: asyncApi(host, 'saveImageToPhotosAlbum', () => {
      throw new WxFailure('this host has no photo album')
    }),
  }
}

async function call(host: Host, { phoneNumber }: Options): Promise<void> {
  if (phoneNumber === undefined || phoneNumber === '') throw new WxFailure('phoneNumber is empty')
  const answer = await showModal(host, {
    title: '',
    content: String(phoneNumber),
    confirmText: '呼叫',
    cancelText: '取消',
    confirmColor: '#576b95',
    cancelColor: 'inherit',
    hasCancel: true,
    placeholder: undefined,
  })
  if (!answer.confirm) throw new WxFailure('cancel')
}

function preview(host: Host, { urls, current }: Options): void {
  const addresses = Array.isArray(urls) ? urls.map(String) : []
  if (addresses.length === 0) throw new WxFailure('parameter error: parameter.urls should have at least 1 item;')
  const first = typeof current === 'number' ? current : addresses.indexOf(String(current))
  showPictures(host, addresses, Math.max(0, first))
}
