export { makeKioskRoom } from './room.js'
