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
  ],
  preloadRule: {
    'shop/pages/goods/index': { network: 'all', packages: ['shop/pages/checkout', 'products/payments'] },
    'shop/pages/cart/index': { network: 'all', packages: ['shop/pages/checkout', 'products/payments'] },
  },
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
