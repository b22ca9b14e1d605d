Component({
  relations: {
    '../item/index': { type: 'child', linked: names, unlinked: names },
  },
  data: { names: '' },
})

function names() {
  const items = this.getRelationNodes('../item/index')
  this.setData({ names: items.map((item) => item.data.goods.name).join(' ') })
}
