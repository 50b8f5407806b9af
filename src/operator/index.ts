export { makeOperatorRoom } from './room.js'
