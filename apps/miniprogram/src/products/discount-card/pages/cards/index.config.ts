export default definePageConfig({
  navigationBarTitleText: '先享卡',
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
})
