export { makeDisplaysRoom } from './room.js'
