// form[data-auto-submit]: a filter form that answers at once; its button stays for readers without JavaScript.
document.querySelectorAll('form[data-auto-submit]').forEach((form) => {
  form.addEventListener('change', (event) => {
    if (event.target.type !== 'search' && event.target.type !== 'text') form.requestSubmit()
  })
  // Empty choices stay out of the address.
  form.addEventListener('formdata', (event) => {
    Array.from(event.formData.keys()).forEach((name) => {
      if (event.formData.getAll(name).every((value) => value === '')) event.formData.delete(name)
    })
  })
  form.querySelectorAll('[data-filter-button]').forEach((button) => {
    button.hidden = !form.querySelector('input[type="search"], input[type="text"]')
  })
})
