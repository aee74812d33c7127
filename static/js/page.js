// What every page needs: the token on htmx requests, menus that close, copy buttons, tables that say whether they
// scroll, sign-out clean-up.
const token = () => document.querySelector('input[name="csrfmiddlewaretoken"]')

document.body.addEventListener('htmx:configRequest', (event) => {
  if (token()) event.detail.headers['X-CSRFToken'] = token().value
})

function closeMenus(except) {
  document.querySelectorAll('details.menu[open]').forEach((menu) => {
    if (menu !== except) menu.open = false
  })
}

document.addEventListener('click', (event) => {
  const target = event.target
  closeMenus(target.closest('details.menu'))
  const close = target.closest('[data-close-details]')
  if (close) close.closest('details').open = false
  const copy = target.closest('[data-copy]')
  if (copy) copyText(copy)
  const print = target.closest('[data-print]')
  if (print) window.print()
})

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeMenus(null)
})

// The clipboard API needs https; a terminal on plain http falls back to a selection.
async function copyText(button) {
  const source = document.querySelector(button.dataset.copy)
  if (!source) return
  try {
    await navigator.clipboard.writeText(source.innerText)
  } catch (refused) {
    const range = document.createRange()
    range.selectNodeContents(source)
    const selection = window.getSelection()
    selection.removeAllRanges()
    selection.addRange(range)
    document.execCommand('copy')
  }
  button.textContent = '已复制'
}

// A table that fits keeps its head in sight while the page scrolls; one that does not says that it moves sideways, and only that one
// is a stop for the keyboard.
function measureTables() {
  document.querySelectorAll('.table-scroll').forEach((box) => {
    const table = box.firstElementChild
    if (!table || !box.offsetParent) return
    box.classList.remove('is-wide', 'is-fitting')
    const isWide = table.offsetWidth > box.clientWidth + 1
    box.classList.toggle('is-wide', isWide)
    box.classList.toggle('is-fitting', !isWide)
    box.tabIndex = isWide ? 0 : -1
  })
}

measureTables()
window.addEventListener('resize', measureTables)
document.addEventListener('toggle', measureTables, true)
document.body.addEventListener('htmx:afterSettle', measureTables)

// Text kept by autosave.js for this user must not outlive the session.
document.querySelectorAll('form[data-sign-out]').forEach((form) => {
  form.addEventListener('submit', () => {
    const prefix = `draft:${document.body.dataset.user}:`
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .forEach((key) => localStorage.removeItem(key))
  })
})
