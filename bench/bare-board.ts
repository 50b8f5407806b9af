import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

/** Socket.IO with nothing around it: whoever posts makes it tell all screens the same bytes. @returns its port */
export async function listenBareBoard(board: unknown): Promise<number> {
  let version = 0
  const http = createServer((req, res) => {
    req.resume().on('end', () => {
      version += 1
      screens.emit('board', { ...(board as object), version })
      res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ version }))
    })
  })
  const io = new Server(http, { serveClient: false, transports: ['websocket'], perMessageDeflate: false })
  const screens = io.of('/board')
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return (http.address() as AddressInfo).port
}
