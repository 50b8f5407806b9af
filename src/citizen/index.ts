export { makeCitizenRoom } from './room.js'
