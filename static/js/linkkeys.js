// a[data-key]: a letter that follows the link while nobody is typing (K and J: previous and next in the queue).
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest('input, textarea, select, [contenteditable]')) return
  const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`)
  if (link) link.click()
})
