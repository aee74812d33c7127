// details.confirm: only one is open; what it asks for takes the focus, the reason box or else the second button.
document.querySelectorAll('details.confirm').forEach((box) => {
  box.addEventListener('toggle', () => {
    if (!box.open) return
    document.querySelectorAll('details.confirm[open]').forEach((other) => {
      if (other !== box) other.open = false
    })
    const field = box.querySelector('textarea, input:not([type="hidden"])') || box.querySelector('form button')
    if (field) field.focus()
  })
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      box.open = false
      box.querySelector('summary').focus()
    }
  })
})
