Component({
  options: { virtualHost: true },
  relations: { '../list/index': { type: 'parent' } },
  properties: { goods: Object },
})
