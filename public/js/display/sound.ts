import { wait } from '../kit/clock.js'
import type { Call } from './calls.js'
import { spokenCall } from './spoken.js'

/** Three falling tones (Hz) and when each begins (s): heard over talk, not sharp. */
const TONES: readonly [pitch: number, beginS: number][] = [
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

interface Options {
  /** The button that asks for the touch. */
  hint: HTMLElement
  /** False: a screen that is to be mute. */
  isOn: boolean
}

/**
 * Chime and voice. A browser that wants a touch first stays mute until it gets one, and so does a voice that it refuses:
 * `hint` is shown meanwhile. Nothing that fails here is in anybody's way.
 */
export class Sound {
  #audio: AudioContext | null = null
  #hint: HTMLElement
  #isOn: boolean
  /** The voice said nothing when it was last asked to. */
  #isVoiceMute = false

  constructor({ hint, isOn }: Options) {
    this.#hint = hint
    this.#isOn = isOn
    if (!isOn) return
    this.#audio = openAudio(() => this.#askIfMute())
    for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, () => this.#wake())
    this.#askIfMute()
  }

  /** Settles when all is said; at once when there is no sound. */
  async say(call: Call): Promise<void> {
    if (!this.#isOn || this.#isAudioMute()) return
    if (this.#audio) {
      chime(this.#audio)
      await wait(CHIME_MS)
    }
    this.#isVoiceMute = !(await speak(spokenCall(call)))
    this.#askIfMute()
  }

  #isAudioMute(): boolean {
    return this.#audio !== null && this.#audio.state !== 'running'
  }

  /** A touch: the browser lets us be heard from now on, and the chime says so. */
  #wake(): void {
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

  #askIfMute(): void {
    this.#hint.hidden = !this.#isAudioMute() && !this.#isVoiceMute
  }
}

/** Null where the browser or the device has none. */
function openAudio(onChange: () => void): AudioContext | null {
  try {
    const audio = new AudioContext()
    audio.onstatechange = onChange
    return audio
  } catch {
    return null
  }
}

function chime(audio: AudioContext): void {
  try {
    for (const [pitch, beginS] of TONES) ring(audio, { pitch, start: audio.currentTime + beginS })
  } catch {
    // A device that has lost its loudspeaker: the call is on the screen.
  }
}

function ring(audio: AudioContext, { pitch, start }: { pitch: number; start: number }): void {
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
function italianVoice(): SpeechSynthesisVoice | undefined {
  const voices = speechSynthesis.getVoices().filter(({ lang }) => /^it\b/i.test(lang))
  return voices.find(({ localService }) => localService) || voices[0]
}

/** False when the voice was silent though there is one */
async function speak(text: string): Promise<boolean> {
  try {
    const voice = italianVoice()
    return voice ? await say(text, voice) : true
  } catch {
    // No such thing in this browser: silence is no fault.
    return true
  }
}

function say(text: string, voice: SpeechSynthesisVoice): Promise<boolean> {
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(text)
    const mute = setTimeout(() => end(false), BEGIN_MS)
    const late = setTimeout(() => end(true), END_MS)
    const end = (isHeard: boolean) => {
      clearTimeout(mute)
      clearTimeout(late)
      resolve(isHeard)
    }
    Object.assign(words, { voice, lang: voice.lang, rate: 0.9 })
    words.onstart = () => clearTimeout(mute)
    words.onend = () => end(true)
    // Some browsers tell no error with it.
    words.onerror = (event?: SpeechSynthesisErrorEvent) =>
      end(event?.error === 'interrupted' || event?.error === 'canceled')
    // What a failed voice left behind would keep this one waiting.
    speechSynthesis.cancel()
    speechSynthesis.speak(words)
  })
}
