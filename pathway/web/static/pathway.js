// Improvements only: every page is complete without this. A form that can be kept is kept as it is typed, and
// one that has been sent isn't sent again by a second press.
import { initAll } from '/assets/govuk-frontend.min.js'

initAll()

const WAIT = 3000

for (const form of document.querySelectorAll('form[data-keep]')) {
  const said = form.querySelector('[data-kept]')
  let timer = null
  let busy = false

  const keep = async () => {
    if (busy) { timer = setTimeout(keep, WAIT); return }
    busy = true
    try {
      const answer = await fetch(form.dataset.keep, { method: 'POST', body: new FormData(form), redirect: 'error' })
      if (!answer.ok) throw new Error(answer.status)
      const { draft } = await answer.json()
      let field = form.querySelector('[name=_draft]')
      if (!field) {
        field = Object.assign(document.createElement('input'), { type: 'hidden', name: '_draft' })
        form.append(field)
      }
      field.value = draft
      said.textContent = `Kept as a draft at ${new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}. It isn’t sent until you save it.`
    } catch {
      said.textContent = 'This couldn’t be kept as a draft just now. Your text is still here: save it when you can.'
    } finally {
      busy = false
    }
  }

  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(keep, WAIT) })
  form.addEventListener('submit', () => clearTimeout(timer))
}

// Who a child on the form may be, looked up as names and dates are typed. What a person is using isn't changed under them.
const LOOKED_FOR = /-(given_name|family_name|other_names|age_years|born_on-\w+|expected_on-\w+)$|^address/
const LOOK_WAIT = 900

for (const form of document.querySelectorAll('form[data-known]')) {
  let timer = null
  let latest = 0

  const look = async () => {
    const mine = ++latest
    try {
      const answer = await fetch(form.dataset.known, { method: 'POST', body: new FormData(form), redirect: 'error' })
      const text = await answer.text()
      if (!answer.ok || mine !== latest) return
      for (const found of new DOMParser().parseFromString(text, 'text/html').querySelectorAll('[data-known-child]')) {
        const here = document.getElementById(found.id)
        if (!here || here.contains(document.activeElement)) continue
        for (const part of ['[role=status]', '[data-known-rest]']) {
          const [before, after] = [here.querySelector(part), found.querySelector(part)]
          if (before.innerHTML !== after.innerHTML) before.innerHTML = after.innerHTML
        }
      }
    } catch { /* the button looks too */ }
  }

  form.addEventListener('input', (event) => {
    if (!LOOKED_FOR.test(event.target.name)) return
    clearTimeout(timer)
    timer = setTimeout(look, LOOK_WAIT)
  })
}

for (const form of document.querySelectorAll('form[method=post]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) { event.preventDefault(); return }
    form.dataset.sent = 'yes'
    setTimeout(() => { delete form.dataset.sent }, 10000)
  })
}

window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
})

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
