import type { Page } from 'playwright-core'
import { type Lang, type MessageKey, translator } from '../../../src/messages/index.js'
import { it as italian } from '../../../src/messages/it/index.js'

/** Words that a text in the other language cannot do without. */
const FOREIGN: Record<Lang, RegExp> = {
  it: /\b(the|and|your|you|with|from|booking|appointment|counter|free|site)\b/i,
  en: /\b(il|lo|gli|della|delle|degli|che|per|una|può|sono|dal|alle|prenotazione|orario|giorno|posto|sedi?|nessun[ao]?|persona|persone|annulla|sposta|errore|ore|lunedì|gennaio|novembre|dicembre)\b/i,
}

/** Names of things, the same in both languages. */
const NAMES =
  /Casa di Comunità|(Via|Piazza) [^(\n]*\(MI\)|Via al Donatore di Sangue|Scelta e Revoca|Fascicolo Sanitario Elettronico|festa patronale|Garante per la protezione dei dati personali|codice fiscale|tessera sanitaria|Difensore civico per il digitale|Robecco sul Naviglio|Santo Stefano Ticino/gi

/** An untranslated key, a value that was not filled in, or a value that is none. */
const RAW = /\{\{|\}\}|\b[a-z]+\.[a-zA-Z-]+\.[a-zA-Z-]+|\bundefined\b|\bNaN\b|\[object /

/** Every Italian message that says something else in English, for finding it on an English page. */
const ITALIAN_SENTENCES = sentencesOf(italian).filter(({ key, text }) => translator('en')(key as MessageKey) !== text)

/** Texts of the page, visible or spoken, that are in the wrong language or are not texts at all. */
export async function languageFaults(page: Page, lang: Lang): Promise<string[]> {
  const { declared, texts } = await page.evaluate(readPage)
  const faults = declared === lang ? [] : [`<html lang="${declared}"> on a page in ${lang}`]
  for (const text of texts) {
    const said = text.replace(/\S+@\S+|https?:\S+|\S+\.(eml|ics)\b/g, '').replace(NAMES, '')
    if (RAW.test(said)) faults.push(`raw: ${text}`)
    if (FOREIGN[lang].test(said)) faults.push(`not ${lang}: ${text}`)
  }
  const all = texts.join('\n').replace(NAMES, '')
  if (lang === 'en')
    for (const { key, text } of ITALIAN_SENTENCES)
      if (all.includes(text)) faults.push(`not translated (${key}): ${text}`)
  return faults
}

/** Runs in the page: each text node, and the attributes that are read out. Parts marked with another `lang` are left out. */
function readPage(): { declared: string | null; texts: string[] } {
  const declared = document.documentElement.lang
  const texts = [document.title]
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const other = node.parentElement?.closest('[lang]')?.getAttribute('lang')
    if (other === declared && !node.parentElement?.closest('[data-foreign], script, style'))
      texts.push(node.textContent ?? '')
  }
  for (const el of document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')) {
    if (el.closest('[lang]')?.getAttribute('lang') !== declared || el.closest('.languages')) continue
    for (const attribute of ['aria-label', 'title', 'alt', 'placeholder']) texts.push(el.getAttribute(attribute) ?? '')
  }
  return { declared, texts: texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '') }
}

function sentencesOf(messages: object, path: string[] = []): { key: string; text: string }[] {
  return Object.entries(messages).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return sentencesOf(value, [...path, name])
    const text = String(value)
    return text.length >= 12 && !text.includes('{{') ? [{ key: [...path, name].join('.'), text }] : []
  })
}
