// Keys of the fill-in pages: Ctrl+Enter checks, and on the next page submits; Ctrl+S saves, Ctrl+↑ and Ctrl+↓ go to
// the neighbours, also from what was just handed in.
// What handing in will ask for is marked as soon as the status says so; a draft may leave it empty.
const KEYS = { Enter: 'data-key-check', s: 'data-key-save', ArrowUp: 'data-key-previous', ArrowDown: 'data-key-next' }
const BEHIND = ['behind', 'slow', 'not_started']

document.addEventListener('keydown', (event) => {
  const mark = (event.ctrlKey || event.metaKey) && KEYS[event.key]
  const button = mark && document.querySelector(`[${mark}]`)
  if (!button) return
  event.preventDefault()
  button.click()
})

function star(label, needed) {
  if (!label) return
  const found = label.querySelector('.required-mark')
  if (!needed && found) found.remove()
  if (!needed || found) return
  const mark = document.createElement('span')
  Object.assign(mark, { className: 'required-mark', textContent: '*' })
  mark.setAttribute('aria-hidden', 'true')
  label.append(mark)
}

function markCompulsory() {
  const chosen = document.querySelector('input[name="declared_status"]:checked')
  const nil = document.querySelector('input[name="is_nil"]:checked')
  const behind = Boolean(nil || (chosen && BEHIND.includes(chosen.value)))
  star(document.querySelector('label[for="id_progress"]'), !nil)
  star(document.querySelector('#div_id_declared_status legend'), true)
  star(document.querySelector('label[for="id_problems"]'), behind)
  star(document.querySelector('label[for="id_next_steps"]'), behind)
}

const form = document.querySelector('#fill')
if (form) {
  form.addEventListener('change', markCompulsory)
  markCompulsory()
}
