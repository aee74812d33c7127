// J and K move through the rows of table[data-keys], Enter opens the row's first link, X ticks it, / goes to the search.
const typing = (element) => element.closest('input, textarea, select, [contenteditable]') !== null
const rows = () => Array.from(document.querySelectorAll('table[data-keys] tbody tr'))
let current = -1

function choose(index) {
  const list = rows()
  if (!list.length) return
  current = Math.max(0, Math.min(index, list.length - 1))
  list.forEach((row, place) => row.classList.toggle('is-current', place === current))
  list[current].scrollIntoView({ block: 'nearest' })
}

function open(row) {
  const link = row && row.querySelector('a[href]')
  if (link) link.click()
}

function tick(row) {
  const box = row && row.querySelector('input[type="checkbox"]')
  if (box) box.click()
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
  const search = document.querySelector('[data-search-focus]')
  if (event.key === '/' && search) {
    event.preventDefault()
    search.focus()
  } else if (event.key === 'j') {
    choose(current + 1)
  } else if (event.key === 'k') {
    choose(current - 1)
  } else if (event.key === 'x') {
    tick(rows()[current])
  } else if (event.key === 'Enter' && !event.target.closest('a, button, summary')) {
    open(rows()[current])
  }
})
