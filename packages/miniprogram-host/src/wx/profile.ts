import { spendTap } from '../core/gesture.ts'
import type { Host } from '../core/host.ts'
import { asyncApi, type Options, WxFailure } from './contract.ts'

const GRAY_AVATAR =
  'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132'

/**
 * Since 2022-10 WeChat answers with nobody in particular: 微信用户 and a grey picture.
 * https://developers.weixin.qq.com/community/develop/doc/00022c683e8a80b29bed2142b56c01
 */
export function profileApis(host: Host) {
  const anonymous = () => {
    const userInfo = {
      nickName: '微信用户',
      avatarUrl: GRAY_AVATAR,
      gender: 0,
      language: '',
      country: '',
      province: '',
      city: '',
    }
    return { userInfo, rawData: JSON.stringify(userInfo), signature: '', encryptedData: '', iv: '', cloudID: '' }
  }
  const profile = ({ desc }: Options) => {
    if (typeof desc !== 'string' || desc === '') throw new WxFailure('desc length does not meet the requirements')
    spendTap(host)
    return anonymous()
  }
  return {
    getUserProfile: asyncApi(host, 'getUserProfile', profile),
    getUserInfo: asyncApi(host, 'getUserInfo', anonymous),
  }
}
