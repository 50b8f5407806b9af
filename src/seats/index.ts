export { SeatClaimEntity, TakenSeatsEntity } from './taken-seats.entity.js'
