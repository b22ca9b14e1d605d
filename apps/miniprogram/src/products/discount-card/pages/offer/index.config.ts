export default definePageConfig({ navigationBarTitleText: '先享卡', enableShareAppMessage: true })
