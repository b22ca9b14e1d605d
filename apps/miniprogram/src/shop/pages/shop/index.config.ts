export default definePageConfig({
  navigationBarTitleText: '收银体育馆',
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
})
