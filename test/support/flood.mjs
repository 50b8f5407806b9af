// node flood.mjs PORT CLIENTS REQUESTS PATH: sends so many requests at once on each of so many connections, over and over.
import { connect } from 'node:net'

const [port, clients, requests, path] = process.argv.slice(2)
const text = `GET ${path} HTTP/1.1\r\nHost: t\r\n\r\n`.repeat(Number(requests))

function send() {
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(text)
  socket.on('data', () => undefined)
  socket.on('error', () => undefined)
  socket.setTimeout(5000, () => socket.destroy())
  socket.once('close', send)
}

for (let count = 0; count < Number(clients); count++) send()
