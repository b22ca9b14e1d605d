/** Every event that a component fired, newest last: `type#id detail`. */
module.exports = function log(page, event) {
  const line = `${event.type}#${event.currentTarget.id} ${JSON.stringify(event.detail)}`
  page.setData({ log: [...page.data.log, line] })
}
