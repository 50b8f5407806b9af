/** T33: to each room at most so many a second on average, and so many at once after a quiet second. */
const A_SECOND = 5

export interface Speaker {
  /** Says it now, or, where much has been said of late, soon: changes until then are said together, the last one always. */
  tell(roomName: string): void
}

interface Turn {
  /** Messages that may go at once; they come back with time. */
  left: number
  countedAtMs: number
  isSpeaking: boolean
  again: boolean
}

/** @param say tells one room; its failure goes to `report`, and the next change tells again */
export function makeSpeaker(say: (roomName: string) => Promise<void>, report: (error: unknown) => void): Speaker {
  const turns = new Map<string, Turn>()
  const speak = async (roomName: string, turn: Turn) => {
    turn.isSpeaking = true
    do {
      count(turn)
      if (turn.left < 1) await pause(((1 - turn.left) * 1000) / A_SECOND)
      count(turn)
      turn.left -= 1
      turn.again = false
      await say(roomName).catch(report)
    } while (turn.again)
    turn.isSpeaking = false
  }
  return {
    tell: (roomName) => {
      const turn = turns.get(roomName) ?? fresh()
      turns.set(roomName, turn)
      turn.again = true
      if (!turn.isSpeaking) void speak(roomName, turn)
    },
  }
}

const fresh = (): Turn => ({ left: A_SECOND, countedAtMs: performance.now(), isSpeaking: false, again: false })

function count(turn: Turn): void {
  const nowMs = performance.now()
  turn.left = Math.min(A_SECOND, turn.left + ((nowMs - turn.countedAtMs) * A_SECOND) / 1000)
  turn.countedAtMs = nowMs
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.ceil(ms)).unref())

/** Does something over and over until the process ends. @returns what stops it earlier */
export function every(periodMs: number, work: () => void): () => void {
  const timer = setInterval(work, periodMs).unref()
  return () => clearInterval(timer)
}
