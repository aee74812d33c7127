// Keys of the fill-in page: Ctrl+Enter checks and submits, Ctrl+S saves, Ctrl+↑ and Ctrl+↓ go to the neighbours.
// The fields a lagging or nil report must have are marked as soon as the status says so.
const KEYS = { Enter: 'data-key-check', s: 'data-key-save', ArrowUp: 'data-key-previous', ArrowDown: 'data-key-next' }
const BEHIND = ['behind', 'slow', 'not_started']

document.addEventListener('keydown', (event) => {
  const mark = (event.ctrlKey || event.metaKey) && KEYS[event.key]
  const button = mark && document.querySelector(`[${mark}]`)
  if (!button) return
  event.preventDefault()
  button.click()
})

function markCompulsory() {
  const chosen = document.querySelector('input[name="declared_status"]:checked')
  const nil = document.querySelector('input[name="is_nil"]:checked')
  const needed = Boolean(nil) || (chosen && BEHIND.includes(chosen.value))
  ;['id_problems', 'id_next_steps'].forEach((id) => {
    const label = document.querySelector(`label[for="${id}"]`)
    if (!label) return
    const star = label.querySelector('.required-mark')
    if (needed && !star) {
      const mark = document.createElement('span')
      Object.assign(mark, { className: 'required-mark', textContent: '*' })
      mark.setAttribute('aria-hidden', 'true')
      label.append(mark)
    } else if (!needed && star) star.remove()
  })
}

const form = document.querySelector('#fill')
if (form) {
  form.addEventListener('change', markCompulsory)
  markCompulsory()
}
