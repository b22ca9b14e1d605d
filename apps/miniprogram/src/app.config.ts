export default defineAppConfig({
  pages: [
    'shop/pages/shop/index',
    'shop/pages/cart/index',
    'shop/pages/orders/index',
    'shop/pages/me/index',
    'shop/pages/goods/index',
  ],
  subPackages: [
    // Needs the network anyhow, so it can wait for it.
    { root: 'shop/pages/checkout', pages: ['index'] },
    { root: 'products/payments', pages: ['pages/order/index', 'pages/result/index'] },
    { root: 'products/refunds', pages: ['pages/request/index'] },
    {
      root: 'products/payscore',
      pages: ['pages/plans/index', 'pages/plan/index', 'pages/mine/index', 'pages/course/index'],
    },
    { root: 'products/discount-card', pages: ['pages/cards/index', 'pages/offer/index', 'pages/card/index'] },
  ],
  preloadRule: {
    'shop/pages/goods/index': { network: 'all', packages: ['shop/pages/checkout', 'products/payments'] },
    'shop/pages/cart/index': { network: 'all', packages: ['shop/pages/checkout', 'products/payments'] },
    'shop/pages/me/index': { network: 'all', packages: ['products/payscore', 'products/discount-card'] },
    'products/payscore/pages/course/index': { network: 'all', packages: ['products/payments'] },
  },
  // 微信支付分, where `wx.openBusinessView` is missing, and 先享卡.
  navigateToMiniProgramAppIdList: ['wxd8f3793ea3b935b8', 'wxcc2e4fbc5887661e'],
  tabBar: {
    color: '@tab',
    selectedColor: '@tabSelected',
    backgroundColor: '@bar',
    borderStyle: 'black',
    list: [tab('shop', '商城'), tab('cart', '购物车'), tab('orders', '订单'), tab('me', '我的')],
  },
  window: {
    navigationBarBackgroundColor: '@ground',
    navigationBarTextStyle: '@textStyle',
    navigationBarTitleText: '收银体育馆',
    backgroundColor: '@ground',
    backgroundTextStyle: '@loadingStyle',
  },
  darkmode: true,
  themeLocation: 'theme.json',
  lazyCodeLoading: 'requiredComponents',
})

function tab(name: string, text: string) {
  return {
    pagePath: `shop/pages/${name}/index`,
    text,
    iconPath: `assets/tab-${name}.png`,
    selectedIconPath: `assets/tab-${name}-selected.png`,
  }
}
