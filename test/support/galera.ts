import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { atEnd } from './at-end.js'
import { MariaDb } from './mariadb.js'
import { programPath } from './programs.js'
import { freePort, sleep, temporaryFolder } from './servers.js'

const run = promisify(execFile)

/** Root would make rsync's daemon, which moves the state to a node that joins, run as `nobody`. */
const ACCOUNT = process.getuid?.() === 0 ? 'mysql' : null

interface Ports {
  sql: number
  group: number
  ist: number
  sst: number
}

export interface ClusterOptions {
  /** Writes a binary log as well (`log_bin`): what the nodes tell each other is then made from it. Default true. */
  binaryLog?: boolean
  /** Of Galera's provider, such as `evs.suspect_timeout=PT2S`. */
  provider?: string
}

/** One MariaDB of a cluster, on ports of its own. */
export class GaleraNode extends MariaDb {
  private constructor(
    folder: string,
    private readonly ports: Ports,
    private readonly options: ClusterOptions,
  ) {
    super(folder, ports.sql, ACCOUNT)
  }

  static async make(options: ClusterOptions): Promise<GaleraNode> {
    const ports = { sql: await freePort(), group: await freePort(), ist: await freePort(), sst: await freePort() }
    const node = new GaleraNode(temporaryFolder(), ports, options)
    atEnd(() => node.remove())
    return node
  }

  /** `gcomm://` takes it. */
  get address(): string {
    return `127.0.0.1:${this.ports.group}`
  }

  /** Fills it with an empty state that has been a cluster once, so that copies of it join without a transfer. */
  async seed(): Promise<void> {
    await this.install()
    await this.own()
    await this.join([])
    await this.letIn()
    await this.stop()
  }

  async copyTo(other: GaleraNode): Promise<void> {
    const data = join(other.folder, 'data')
    await cp(join(this.folder, 'data'), data, { recursive: true })
    await rm(join(data, 'galera.cache'), { force: true })
    const state = join(data, 'grastate.dat')
    await writeFile(state, (await readFile(state, 'utf8')).replace('safe_to_bootstrap: 1', 'safe_to_bootstrap: 0'))
    await other.own()
  }

  /** As if it had been in a cluster with the others until a crash of all: they find together again by themselves. */
  async remember(me: string, all: readonly string[]): Promise<void> {
    const lines = [`my_uuid: ${me}`, '#vwbeg', `view_id: 3 ${all[0]} 3`, 'bootstrap: 0']
    const members = all.map((member) => `member: ${member} 0`)
    await writeFile(join(this.folder, 'data', 'gvwstate.dat'), [...lines, ...members, '#vwend', ''].join('\n'))
    await this.own()
  }

  /** Starts it (again) as a member of the cluster of `others`; without any it is the first. Resolves when it is in step. */
  async join(others: readonly GaleraNode[]): Promise<void> {
    await this.start(...this.optionsAmong(others))
    await this.untilSynced()
  }

  /** After `kill`, as Debian's service does: it looks how far it has come, and fetches from the others what it lacks. */
  async rejoin(others: readonly GaleraNode[]): Promise<void> {
    const options = this.optionsAmong(others)
    const position = /Recovered position: (\S+)/.exec(await this.lookInto(...options, '--wsrep-recover'))?.[1]
    if (position === undefined) throw new Error('the node does not know how far it has come')
    await this.start(...options, `--wsrep-start-position=${position}`)
    await this.untilSynced()
  }

  private optionsAmong(others: readonly GaleraNode[]): string[] {
    const { group, ist, sst } = this.ports
    const provider = [
      'base_host=127.0.0.1',
      `base_port=${group}`,
      `gmcast.listen_addr=tcp://127.0.0.1:${group}`,
      `ist.recv_addr=127.0.0.1:${ist}`,
      'gcache.size=32M',
      ...(this.options.provider === undefined ? [] : [this.options.provider]),
    ].join(';')
    return [
      ...(this.options.binaryLog === false
        ? []
        : [`--log-bin=${join(this.folder, 'data', 'binlog')}`, '--log-slave-updates', '--sync-binlog=1']),
      '--binlog-format=ROW',
      '--innodb-autoinc-lock-mode=2',
      '--innodb-buffer-pool-size=64M',
      '--wsrep-on=ON',
      `--wsrep-provider=${programPath('Galera')}`,
      '--wsrep-cluster-name=turno',
      `--wsrep-cluster-address=gcomm://${others.map(({ address }) => address).join(',')}`,
      '--wsrep-sst-method=rsync',
      `--wsrep-node-name=${group}`,
      `--wsrep-node-address=127.0.0.1:${group}`,
      `--wsrep-sst-receive-address=127.0.0.1:${sst}`,
      `--wsrep-provider-options=${provider}`,
    ]
  }

  /** A status variable of Galera, such as `wsrep_cluster_size`. */
  async status(name: string): Promise<string> {
    const [row] = (await this.execute(`SHOW GLOBAL STATUS LIKE '${name}'`)) as { Value: string }[]
    return row?.Value ?? ''
  }

  private async untilSynced(): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
      if ((await this.status('wsrep_local_state_comment').catch(() => '')) === 'Synced') return
    }
    throw new Error('the node did not join its cluster within 60 s')
  }

  private async own(): Promise<void> {
    if (ACCOUNT !== null) await run('chown', ['-R', `${ACCOUNT}:`, this.folder])
  }
}

/** Three nodes on the loopback, in step: ready about 4 s after it is called. */
export async function startCluster(options: ClusterOptions = {}): Promise<[GaleraNode, GaleraNode, GaleraNode]> {
  const nodes: [GaleraNode, GaleraNode, GaleraNode] = [
    await GaleraNode.make(options),
    await GaleraNode.make(options),
    await GaleraNode.make(options),
  ]
  const [first, ...others] = nodes
  await first.seed()
  await Promise.all(others.map((other) => first.copyTo(other)))
  // All with the same state: nothing needs to be moved, which would take a dozen processes for each node.
  const ids = nodes.map(() => randomUUID()).sort()
  await Promise.all(nodes.map((node, n) => node.remember(ids[n] as string, ids)))
  await Promise.all(nodes.map((node) => node.join(nodes.filter((other) => other !== node))))
  return nodes
}
