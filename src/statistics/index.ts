export { makeStatisticsRoom } from './room.js'
