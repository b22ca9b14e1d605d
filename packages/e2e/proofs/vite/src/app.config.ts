export default {
  pages: ['pages/index/index'],
  subPackages: [{ root: 'parts', pages: ['pages/note/index'] }],
  window: { navigationBarTitleText: 'Notes' },
}
