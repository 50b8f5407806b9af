export { makeHomeRoom } from './room.js'
