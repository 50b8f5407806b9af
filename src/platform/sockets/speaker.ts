/** Bursts become one message: at most five a second to each room (T33). */
const GATHER_MS = 200

export interface Speaker {
  /** Says it now, or, when it was said a moment ago, soon: the last change is always said. */
  tell(roomName: string): void
}

/** @param say tells one room; its failure goes to `report`, and the next change tells again */
export function makeSpeaker(say: (roomName: string) => Promise<void>, report: (error: unknown) => void): Speaker {
  const busy = new Map<string, { again: boolean }>()
  const speak = async (roomName: string, turn: { again: boolean }) => {
    do {
      turn.again = false
      await say(roomName).catch(report)
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS).unref())
    } while (turn.again)
    busy.delete(roomName)
  }
  return {
    tell: (roomName) => {
      const turn = busy.get(roomName)
      if (turn) turn.again = true
      else {
        const first = { again: false }
        busy.set(roomName, first)
        void speak(roomName, first)
      }
    },
  }
}

/** Does something over and over until the process ends. @returns what stops it earlier */
export function every(periodMs: number, work: () => void): () => void {
  const timer = setInterval(work, periodMs).unref()
  return () => clearInterval(timer)
}
