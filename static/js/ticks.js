// [data-ticks]: a list of boxes. Its links [data-tick="all"|"none"] tick in place, so that nothing typed is lost; without
// JavaScript they open the page again with the boxes ticked. [data-ticked] counts.
document.querySelectorAll('[data-ticks]').forEach((list) => {
  const boxes = Array.from(list.querySelectorAll('tbody input[type="checkbox"]'))
  const count = () => {
    list.querySelector('[data-ticked]').textContent = boxes.filter((box) => box.checked).length
  }
  list.addEventListener('change', count)
  list.addEventListener('click', (event) => {
    const link = event.target.closest('[data-tick]')
    if (!link) return
    event.preventDefault()
    boxes.forEach((box) => { box.checked = link.dataset.tick === 'all' })
    count()
  })
  count()
})
