/** What steps are made of. */
import { h } from '../kit/element.js'
import { go, reset, state, type Step } from './state.js'
import { say } from './words.js'

export const heading = (text: string) => h('h1', { tabindex: '-1' }, text)
export const lead = (text: string) => h('p', { class: 'kiosk-lead' }, text)

export const button = (text: string, press: () => void, props = {}) =>
  h('button', { type: 'button', class: 'kiosk-button', onclick: press, ...props }, text)

export const home = () => button(say('home'), reset, { class: 'kiosk-button kiosk-button-plain', 'data-test': 'home' })

export const to = (step: Step, change: Parameters<typeof go>[1] = {}): void => go(step, { lang: state.lang, ...change })
