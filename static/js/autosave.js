// form[data-autosave-url]: saves while the clerk types and says so beside the form. Text the server has not yet
// acknowledged is kept on this machine by drafts.js.
const WAIT = 1500

class Autosave {
  constructor(form) {
    this.form = form
    this.sign = form.querySelector('[data-save-state]')
    Object.assign(this, { timer: 0, edits: 0, failures: 0, stopped: false, running: null })
    form.addEventListener('input', () => this.edited())
    form.addEventListener('submit', (event) => this.leave(event))
    document.addEventListener('visibilitychange', () => { if (document.hidden && this.timer) this.save() })
  }

  say(state, words) {
    if (this.sign) Object.assign(this.sign, { textContent: words }).dataset.state = state
  }

  later(milliseconds) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), milliseconds)
  }

  edited() {
    this.edits += 1
    if (this.stopped) return
    this.say('waiting', '正在保存…')
    this.later(WAIT)
  }

  // A save under way would make the submitted version stale: the form waits for it.
  leave(event) {
    clearTimeout(this.timer)
    this.stopped = true
    if (!this.running) return
    event.preventDefault()
    this.running.then(() => this.form.requestSubmit(event.submitter))
  }

  save() {
    clearTimeout(this.timer)
    this.timer = 0
    if (this.stopped || this.running) return
    const covered = this.edits
    this.running = this.send(covered).catch(() => this.retry()).then(() => {
      this.running = null
      if (this.edits > covered && !this.failures && !this.stopped) this.later(WAIT)
    })
  }

  retry() {
    this.failures += 1
    this.say('failed', '保存失败，正在重试')
    if (!this.stopped) this.later(Math.min(5000 * this.failures, 60000))
  }

  async send(covered) {
    const body = new FormData(this.form)
    body.delete('submit_token')
    const response = await fetch(this.form.dataset.autosaveUrl, { method: 'POST', body, headers: { Accept: 'application/json' } })
    if (response.status >= 500) return this.retry()
    if (!(response.headers.get('Content-Type') || '').includes('json')) {
      this.stopped = true
      return this.say('failed', '登录已过期，内容已留在本机，请重新登录后恢复')
    }
    const answer = await response.json()
    this.failures = 0
    if (!answer.ok) {
      this.stopped = response.status === 409
      return this.say('failed', answer.error || '保存失败，请检查所填内容')
    }
    this.form.elements.lock_version.value = answer.lock_version
    this.say('saved', `已保存 ${answer.saved_at}`)
    if (this.edits === covered) this.form.dispatchEvent(new Event('autosave:saved'))
  }
}

function startAll() {
  document.querySelectorAll('form[data-autosave-url]:not([data-autosaving])').forEach((form) => {
    form.dataset.autosaving = 'on'
    return new Autosave(form)
  })
}

startAll()
document.body.addEventListener('htmx:load', startAll)
