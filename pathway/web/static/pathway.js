// Improvements only: every page is complete without this. A form that can be kept is kept as it is typed, and
// one that has been sent isn't sent again by a second press.
import { initAll } from '/assets/govuk-frontend.min.js'

initAll()

const WAIT = 3000

const set = (form, name, value) => {
  let field = form.querySelector(`[name=${name}]`)
  if (!field) {
    field = Object.assign(document.createElement('input'), { type: 'hidden', name })
    form.append(field)
  }
  field.value = value
}

for (const form of document.querySelectorAll('form[data-keep]')) {
  const said = form.querySelector('[data-kept]')
  let timer = null
  let busy = false
  let fresh = false

  const keep = async () => {
    if (busy) { timer = setTimeout(keep, WAIT); return }
    busy = true
    fresh = false
    try {
      const answer = await fetch(form.dataset.keep, { method: 'POST', body: new FormData(form), redirect: 'error' })
      if (!answer.ok) throw new Error(answer.status)
      const { draft, saved, beside } = await answer.json()
      set(form, '_draft', draft)
      if (!form.querySelector('[name=_case]')) set(form, '_saved', saved)
      if (form.dataset.resume) history.replaceState(null, '', `${form.dataset.resume}?draft=${draft}`)
      const at = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
      said.textContent = `${beside ? `${beside} What you type is kept apart, beside theirs. ` : ''}Kept as a draft at ${at}. It isn’t sent until you save it.`
    } catch {
      fresh = true
      said.textContent = 'This couldn’t be kept as a draft just now. Your text is still here: save it when you can.'
    } finally {
      busy = false
    }
  }

  form.addEventListener('input', () => { fresh = true; clearTimeout(timer); timer = setTimeout(keep, WAIT) })
  form.addEventListener('submit', () => { fresh = false; clearTimeout(timer) })
  window.addEventListener('pagehide', () => {
    if (fresh && form.querySelector('[name=_draft]')) navigator.sendBeacon(form.dataset.keep, new FormData(form))
  })
}

for (const picker of document.querySelectorAll('[data-examples]')) {
  const form = picker.closest('form')
  const find = picker.querySelector('[name=_find]')
  const count = picker.querySelector('[data-how-many]')
  const rows = [...picker.querySelectorAll('[data-example]')]
  const groups = [...picker.querySelectorAll('details')]
  const listed = picker.querySelector('[data-ticked]')
  const seen = picker.querySelector('template[data-seen]')
  const words = (row) => (row.querySelector(':scope > span') ?? row.querySelector('label > span')).innerText.trim()
  const anywhere = () => rows.some((row) => row.querySelector(':checked'))
  let timer = null

  const show = (found) => {
    for (const row of rows) row.hidden = Boolean(found && !found.has(row.dataset.example) && !row.querySelector(':checked'))
    for (const group of groups) {
      group.hidden = !group.querySelector('[data-example]:not([hidden])')
      group.open = Boolean(found) && !group.hidden
    }
    count.textContent = found ? `${found.size} found for “${find.value.trim()}”.` : ''
  }
  const look = async () => {
    if (!find.value.trim()) { show(null); return }
    const asked = new FormData()
    for (const name of ['_csrf', '_find']) asked.append(name, form.querySelector(`[name=${name}]`).value)
    try {
      const answer = await fetch(picker.dataset.examples, { method: 'POST', body: asked, redirect: 'error' })
      if (!answer.ok) throw new Error(answer.status)
      const { found } = await answer.json()
      show(found.length ? new Set(found) : null)
      if (!found.length) count.textContent = `Nothing found for “${find.value.trim()}”. Try another word, or look through them all below.`
    } catch { count.textContent = 'The examples couldn’t be looked through just now. They are all below.' }
  }
  const list = () => {
    listed.replaceChildren(...rows.filter((row) => row.querySelector(':checked') && !row.closest('.pathway-ticked')).map((row) => {
      const item = document.createElement('li')
      const whose = [...row.querySelectorAll('.pathway-whose :checked')].map((box) => box.parentElement.innerText.trim())
      item.textContent = words(row) + (whose.length ? `: ${whose.join(', ')}` : '')
      return item
    }))
    picker.querySelector('[data-none]').hidden = anywhere()
  }

  find.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 250) })
  find.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); look() } })
  picker.addEventListener('change', ({ target: box }) => {
    if (box.type !== 'checkbox') return
    const id = box.name.replace('observed', `seen-${box.value}`)
    const there = document.getElementById(id)
    if (box.checked && !there) {
      const asked = seen.content.cloneNode(true)
      asked.querySelector('label').htmlFor = id
      asked.querySelector('label span').textContent = picker.dataset.several ? box.parentElement.innerText.trim() : ''
      Object.assign(asked.querySelector('input'), { id, name: id })
      box.closest('[data-example]').append(asked)
    } else if (there) there.closest('.pathway-seen').hidden = !box.checked
    list()
  })
}

// Who a child or an adult on the form may be, looked up as names and dates are typed. What a person is using isn't changed under them.
const LOOKED_FOR = /-(given_name|family_name|other_names|telephone|age_years|born_on-\w+|expected_on-\w+)$|^address/
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
      for (const found of new DOMParser().parseFromString(text, 'text/html').querySelectorAll('[data-known-person]')) {
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
