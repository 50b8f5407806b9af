import { spokenCall } from './spoken.js'

/** Three falling tones (Hz) and when each begins (s): heard over talk, not sharp. */
const TONES = [
  [783.99, 0],
  [659.25, 0.28],
  [523.25, 0.56],
]
const TONE_S = 1.1
const CHIME_MS = 1500
const LOUDNESS = 0.5

/**
 * Chime and voice. A browser that wants a touch first stays mute until it gets one; `onChange` tells when that changes.
 * @typedef {{ hint: HTMLElement, isOn: boolean }} Options
 */
export class Sound {
  /** @type {AudioContext | null} */
  #audio = null
  #hint

  /** @param {Options} options `hint`: the button that asks for the touch; `isOn` false: a screen that is to be mute */
  constructor({ hint, isOn }) {
    this.#hint = hint
    if (!isOn || typeof AudioContext !== 'function') return
    this.#audio = new AudioContext()
    this.#audio.onstatechange = () => this.#askIfMute()
    for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, () => this.#wake())
    this.#askIfMute()
  }

  /**
   * @param {import('./calls.js').Call} call
   * @returns {Promise<void>} when all is said; at once when there is no sound
   */
  async say(call) {
    if (this.#audio?.state !== 'running') return
    this.#chime(this.#audio)
    await new Promise((resolve) => setTimeout(resolve, CHIME_MS))
    await speak(spokenCall(call))
  }

  #chime(audio) {
    for (const [pitch, beginS] of TONES) {
      const start = audio.currentTime + beginS
      const [tone, volume] = [audio.createOscillator(), audio.createGain()]
      tone.frequency.value = pitch
      volume.gain.setValueAtTime(0, start)
      volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.001, start + TONE_S)
      tone.connect(volume).connect(audio.destination)
      tone.onended = () => volume.disconnect()
      tone.start(start)
      tone.stop(start + TONE_S)
    }
  }

  #wake() {
    if (this.#audio?.state !== 'running') this.#audio?.resume().catch(() => undefined)
  }

  #askIfMute() {
    this.#hint.hidden = this.#audio === null || this.#audio.state === 'running'
  }
}

/** In Italian, where the device has a voice for it; a voice that fails or is missing is silence. */
function speak(text) {
  const voices = globalThis.speechSynthesis?.getVoices().filter(({ lang }) => /^it\b/i.test(lang)) ?? []
  const voice = voices.find(({ localService }) => localService) ?? voices[0]
  if (!voice) return Promise.resolve()
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(text)
    Object.assign(words, { voice, lang: voice.lang, rate: 0.9 })
    words.onend = words.onerror = () => resolve(undefined)
    // What a failed voice left behind would keep this one waiting.
    speechSynthesis.cancel()
    speechSynthesis.speak(words)
  })
}
