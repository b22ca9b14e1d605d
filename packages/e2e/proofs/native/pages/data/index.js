Page({
  data: {
    notice: '',
    state: 'pending',
    revealed: false,
    answered: '',
    rows: [
      { id: 'a', name: 'tea', fen: 1250, quantity: 2 },
      { id: 'b', name: 'rice', fen: 1, quantity: 1 },
    ],
    order: { address: { city: '', lines: [{ text: 'first' }, { text: 'second' }] } },
  },
  read({ currentTarget }) {
    this.setData({ answered: `read ${currentTarget.dataset.fen}` })
  },
  /** The copy that crosses to the view: what the app does with its own object later is not seen. */
  lend() {
    const rows = [{ id: 'c', name: 'salt', fen: 99, quantity: 3 }]
    this.setData({ rows }, () => this.setData({ answered: `answered ${this.data.rows[0].name}` }))
    rows[0].name = 'changed behind the back'
  },
})
