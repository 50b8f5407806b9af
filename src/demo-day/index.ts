export { DemoClient } from './demo-client.js'
export { playMorning } from './play-morning.js'
