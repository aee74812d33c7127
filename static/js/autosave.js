// form[data-autosave-url]: saves while the clerk types. What the server has not acknowledged stays in localStorage
// under the user's id, is offered again to the same user, and goes on acknowledgement, sign-out and after a day.
const WAIT = 1500
const DAY = 24 * 60 * 60 * 1000
const prefix = `draft:${document.body.dataset.user}:`
const PRIVATE = ['csrfmiddlewaretoken', 'submit_token', 'lock_version']

function written(form) {
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

function start(form) {
  if (form.dataset.autosaving) return
  form.dataset.autosaving = 'on'
  const key = prefix + form.dataset.autosaveUrl
  const sign = form.querySelector('[data-save-state]')
  let timer = 0
  let edits = 0
  let failures = 0
  let stopped = false
  let running = false

  function say(state, words) {
    if (!sign) return
    sign.dataset.state = state
    sign.textContent = words
  }

  function later(milliseconds) {
    clearTimeout(timer)
    timer = setTimeout(save, milliseconds)
  }

  function failed(words) {
    failures += 1
    say('failed', words)
    later(Math.min(5000 * failures, 60000))
  }

  async function save() {
    clearTimeout(timer)
    if (stopped || running) return
    running = true
    const covered = edits
    const body = new FormData(form)
    body.delete('submit_token')
    try {
      const response = await fetch(form.dataset.autosaveUrl, { method: 'POST', body, keepalive: true, headers: { Accept: 'application/json' } })
      await answered(response, covered)
    } catch (unreachable) {
      failed('保存失败，正在重试')
    } finally {
      running = false
    }
    if (edits > covered && !failures) later(WAIT)
  }

  async function answered(response, covered) {
    const isJson = (response.headers.get('Content-Type') || '').includes('json')
    if (response.status >= 500) return failed('保存失败，正在重试')
    if (!isJson) {
      stopped = true
      return say('failed', '登录已过期，内容已留在本机，请重新登录后恢复')
    }
    const answer = await response.json()
    if (!answer.ok) {
      stopped = response.status === 409
      return say('failed', answer.error || '保存失败，请检查所填内容')
    }
    failures = 0
    if (form.elements.lock_version) form.elements.lock_version.value = answer.lock_version
    say('saved', `已保存 ${answer.saved_at}`)
    if (edits === covered) localStorage.removeItem(key)
  }

  form.addEventListener('input', () => {
    edits += 1
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: written(form) }))
    say('waiting', '正在保存…')
    later(failures ? 5000 : WAIT)
  })
  form.addEventListener('submit', () => { stopped = true })
  document.addEventListener('visibilitychange', () => { if (document.hidden && timer && edits) save() })
  offer(form, key)
}

function offer(form, key) {
  const copy = kept(key)
  const current = written(form)
  const differs = copy && Object.keys(copy.fields).some((name) => copy.fields[name] !== (current[name] || ''))
  if (!differs) return localStorage.removeItem(key)
  const box = document.createElement('div')
  box.className = 'notice notice-warning'
  box.append(`本机留有 ${new Date(copy.at).toLocaleString('zh-CN', { hour12: false })} 没有保存成功的内容。 `)
  box.append(choice('恢复', () => restore(form, copy.fields)), ' ', choice('不要', () => localStorage.removeItem(key)))
  form.prepend(box)
}

function choice(words, act) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn-plain btn-sm'
  button.textContent = words
  button.addEventListener('click', () => { act(); button.closest('.notice').remove() })
  return button
}

function restore(form, fields) {
  Object.entries(fields).forEach(([name, value]) => { if (form.elements[name]) form.elements[name].value = value })
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach(kept)
const startAll = (root) => root.querySelectorAll('form[data-autosave-url]').forEach(start)
startAll(document)
document.body.addEventListener('htmx:load', (event) => startAll(event.detail.elt.parentElement || document))
