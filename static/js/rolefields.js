// form[data-role-fields]: asks for a unit or a group as the chosen role needs; without JavaScript both stand with a hint.
document.querySelectorAll('form[data-role-fields]').forEach((form) => {
  const parts = Array.from(form.querySelectorAll('[data-roles]'))
  const fit = () => {
    const chosen = form.querySelector('input[name="role"]:checked')
    parts.forEach((part) => {
      part.hidden = !chosen || !part.dataset.roles.split(' ').includes(chosen.value)
      if (part.hidden) part.querySelectorAll('select').forEach((select) => { select.value = '' })
    })
  }
  form.addEventListener('change', fit)
  fit()
})
