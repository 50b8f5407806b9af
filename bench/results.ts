import { mkdirSync, writeFileSync } from 'node:fs'
import type { Measured } from './table.js'

const FOLDER = 'bench/results'

interface Results {
  machine: string
  rounds: number
  all: readonly Measured[]
}

/** Every round of every arm, for whoever compares later. @returns the file, named by the time */
export function keepResults({ machine, rounds, all }: Results): string {
  const at = new Date().toISOString()
  const file = `${FOLDER}/${at.slice(0, 16).replace(':', '')}.json`
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(file, `${JSON.stringify({ at, machine, rounds, measured: all }, null, 1)}\n`)
  return file
}
