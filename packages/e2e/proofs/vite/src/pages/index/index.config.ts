export default { navigationBarTitleText: 'Notes', enablePullDownRefresh: true }
