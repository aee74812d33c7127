// One click puts a demonstration account into the sign-in form; the page offers the buttons in demo settings only.
const form = document.querySelector('#sign-in')
document.querySelectorAll('[data-fill-account]').forEach((button) => {
  button.addEventListener('click', () => {
    form.elements.username.value = button.dataset.fillAccount
    form.elements.password.value = button.dataset.fillPassword
    form.querySelector('button[type="submit"]').focus()
  })
})
