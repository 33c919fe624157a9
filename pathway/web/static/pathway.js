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

// A list that stays as things are: it asks for itself every so often while somebody can see it. Focus stays where it
// was, and only a change in number is said aloud.
const AGAIN = 20000
const SIGNED_OUT = 'You’ve been signed out, so this list has stopped. Reload the page to sign in again.'
const UNREACHED = 'This list couldn’t be brought up to date just now. It will be tried again.'

for (const list of document.querySelectorAll('[data-live]')) {
  const said = document.querySelector('[data-live-said]')
  const state = document.querySelector('[data-live-state]')
  let tag = `${list.dataset.liveTag}.`
  let timer = null

  const refs = () => new Set([...list.querySelectorAll('[data-ref]')].map((row) => row.dataset.ref))
  const overdue = () => Number(list.querySelector('[data-overdue]')?.dataset.overdue ?? 0)
  const soon = () => { clearTimeout(timer); timer = setTimeout(ask, AGAIN) }

  const swap = (text) => {
    const [before, late] = [refs(), overdue()]
    const held = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
    list.innerHTML = text
    if (held) [...list.querySelectorAll('a')].find((link) => link.getAttribute('href') === held)?.focus()
    const fresh = [...refs()].filter((ref) => !before.has(ref)).length
    const news = [fresh && `${fresh} new`, overdue() !== late && `${overdue()} overdue`].filter(Boolean)
    if (news.length) said.textContent = news.join(', ')
  }

  const ask = async () => {
    if (document.hidden) return
    try {
      const headers = { 'X-Pathway-Live': 'yes', 'If-None-Match': `"${tag}"` }
      const answer = await fetch(location.href, { headers, redirect: 'manual', cache: 'no-store' })
      if (answer.type === 'opaqueredirect') { state.textContent = said.textContent = SIGNED_OUT; return }
      if (!answer.ok && answer.status !== 304) throw new Error(answer.status)
      if (answer.ok) {
        tag = (answer.headers.get('ETag') ?? '').replaceAll('"', '')
        swap(await answer.text())
      }
      state.textContent = `As it was at ${new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}. It stays up to date by itself.`
    } catch {
      state.textContent = UNREACHED
    }
    soon()
  }

  document.addEventListener('visibilitychange', () => { clearTimeout(timer); if (!document.hidden) ask() })
  soon()
}
