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
 * A voice that has not begun after so long is silent; for one that has not ended after so long nobody waits, so that three
 * calls at once are on the screen within 15 s whatever becomes of it (case K10).
 */
const BEGIN_MS = 3000
const END_MS = 5500

/**
 * Chime and voice. A browser that wants a touch first stays mute until it gets one, and so does a voice that it refuses:
 * `hint` is shown meanwhile. Nothing that fails here is in anybody's way.
 * @typedef {{ hint: HTMLElement, isOn: boolean }} Options
 */
export class Sound {
  /** @type {AudioContext | null} */
  #audio = null
  #hint
  #isOn
  /** The voice said nothing when it was last asked to. */
  #isVoiceMute = false

  /** @param {Options} options `hint`: the button that asks for the touch; `isOn` false: a screen that is to be mute */
  constructor({ hint, isOn }) {
    this.#hint = hint
    this.#isOn = isOn
    if (!isOn) return
    this.#audio = openAudio(() => this.#askIfMute())
    for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, () => this.#wake())
    this.#askIfMute()
  }

  /**
   * @param {import('./calls.js').Call} call
   * @returns {Promise<void>} when all is said; at once when there is no sound
   */
  async say(call) {
    if (!this.#isOn || this.#isAudioMute()) return
    if (this.#audio) {
      chime(this.#audio)
      await new Promise((resolve) => setTimeout(resolve, CHIME_MS))
    }
    this.#isVoiceMute = !(await speak(spokenCall(call)))
    this.#askIfMute()
  }

  #isAudioMute() {
    return this.#audio !== null && this.#audio.state !== 'running'
  }

  /** A touch: the browser lets us be heard from now on, and the chime says so. */
  #wake() {
    if (this.#hint.hidden) return
    this.#isVoiceMute = false
    const audio = this.#audio
    if (!audio) return this.#askIfMute()
    audio.resume().then(
      () => {
        chime(audio)
        this.#askIfMute()
      },
      () => undefined,
    )
  }

  #askIfMute() {
    this.#hint.hidden = !this.#isAudioMute() && !this.#isVoiceMute
  }
}

/** @returns {AudioContext | null} null where the browser or the device has none */
function openAudio(onChange) {
  try {
    const audio = new AudioContext()
    audio.onstatechange = onChange
    return audio
  } catch {
    return null
  }
}

/** @param {AudioContext} audio */
function chime(audio) {
  try {
    for (const [pitch, beginS] of TONES) ring(audio, { pitch, start: audio.currentTime + beginS })
  } catch {
    // A device that has lost its loudspeaker: the call is on the screen.
  }
}

function ring(audio, { pitch, start }) {
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

/** The device's Italian voice, rather its own than one from the network; none: there is the chime. */
function italianVoice() {
  const voices = speechSynthesis.getVoices().filter(({ lang }) => /^it\b/i.test(lang))
  return voices.find(({ localService }) => localService) || voices[0]
}

/** @returns {Promise<boolean>} false when the voice was silent though there is one */
async function speak(text) {
  try {
    const voice = italianVoice()
    return voice ? await say(text, voice) : true
  } catch {
    // No such thing in this browser: silence is no fault.
    return true
  }
}

function say(text, voice) {
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(text)
    const mute = setTimeout(() => end(false), BEGIN_MS)
    const late = setTimeout(() => end(true), END_MS)
    const end = (isHeard) => {
      clearTimeout(mute)
      clearTimeout(late)
      resolve(isHeard)
    }
    Object.assign(words, { voice, lang: voice.lang, rate: 0.9 })
    words.onstart = () => clearTimeout(mute)
    words.onend = () => end(true)
    words.onerror = ({ error } = {}) => end(error === 'interrupted' || error === 'canceled')
    // What a failed voice left behind would keep this one waiting.
    speechSynthesis.cancel()
    speechSynthesis.speak(words)
  })
}
