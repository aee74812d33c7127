// Beside autosave.js: typed text the server has not acknowledged stays in localStorage under the user's id, is offered
// again to the same user only, and goes on acknowledgement, at sign-out (page.js) and after a day.
const DAY = 24 * 60 * 60 * 1000
const PREFIX = `draft:${document.body.dataset.user}:`
const PRIVATE = ['csrfmiddlewaretoken', 'submit_token', 'lock_version']

function typed(form) {
  const fields = {}
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string' && !PRIVATE.includes(name)) fields[name] = value
  })
  return fields
}

function kept(key) {
  const copy = JSON.parse(localStorage.getItem(key) || 'null')
  if (copy && Date.now() - copy.at < DAY) return copy
  localStorage.removeItem(key)
  return null
}

function restore(form, fields) {
  Array.from(form.elements).forEach((element) => {
    if (PRIVATE.includes(element.name) || element.type === 'hidden') return
    if (element.type === 'checkbox' || element.type === 'radio') element.checked = fields[element.name] === element.value
    else if (element.name in fields) element.value = fields[element.name]
  })
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

function choice(words, act) {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'btn btn-plain btn-sm', textContent: words })
  button.addEventListener('click', () => {
    act()
    button.closest('.notice').remove()
  })
  return button
}

function keepNow(form, key) {
  localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: typed(form) }))
}

// The server trims and unifies line ends: such a difference is none.
function plain(text) {
  return (text || '').replace(/\r\n|[\r\v\f\u2028\u2029]/g, '\n').normalize('NFC').trim()
}

function moment(at) {
  const when = new Date(at)
  const two = (number) => String(number).padStart(2, '0')
  return `${when.getMonth() + 1}月${when.getDate()}日 ${two(when.getHours())}:${two(when.getMinutes())}`
}

// A form drawn again because it was refused (data-unsaved) holds what the server has not: it is kept, not compared.
function offer(form, key) {
  if ('unsaved' in form.dataset) {
    keepNow(form, key)
    return
  }
  const copy = kept(key)
  const current = typed(form)
  const differs = copy && Object.keys(copy.fields).some((name) => plain(copy.fields[name]) !== plain(current[name]))
  if (!differs) {
    localStorage.removeItem(key)
    return
  }
  const box = document.createElement('div')
  box.className = 'notice notice-warning'
  box.append(`本机留有${moment(copy.at)}没有保存成功的内容。 `)
  box.append(choice('恢复', () => restore(form, copy.fields)), ' ')
  box.append(choice('不要', () => localStorage.removeItem(key)))
  form.prepend(box)
}

function keep(form) {
  if (form.dataset.keeping) return
  form.dataset.keeping = 'on'
  const key = PREFIX + form.dataset.autosaveUrl
  offer(form, key)
  form.addEventListener('input', () => keepNow(form, key))
  form.addEventListener('autosave:saved', () => localStorage.removeItem(key))
}

const keepAll = () => document.querySelectorAll('form[data-autosave-url]').forEach(keep)
Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach(kept)
keepAll()
document.body.addEventListener('htmx:load', keepAll)
