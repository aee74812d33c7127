// A second click on a submit button does nothing. Buttons are disabled after the form's data was collected, so the
// pressed button's name and the submit token still travel; the back button brings the form back unlocked.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method !== 'post' || form.dataset.locked === 'off') return
  if (form.dataset.locked === 'on') {
    event.preventDefault()
    return
  }
  form.dataset.locked = 'on'
  setTimeout(() => {
    form.querySelectorAll('button:not([type="button"])').forEach((button) => {
      button.disabled = true
    })
  })
})

function unlock() {
  document.querySelectorAll('form[data-locked="on"]').forEach((form) => {
    delete form.dataset.locked
    form.querySelectorAll('button:disabled').forEach((button) => {
      button.disabled = false
    })
  })
}

window.addEventListener('pageshow', (event) => {
  if (event.persisted) unlock()
})
document.body.addEventListener('htmx:afterRequest', unlock)
