export { exampleMatters } from './example-matters.js'
export { makeMattersRoom } from './room.js'
export { MatterEntity } from './matter.entity.js'
export { MatterStore } from './matter.store.js'
