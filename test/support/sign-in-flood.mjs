// node sign-in-flood.mjs URL COUNT [ADDRESSES]: so many people try to sign in at once; says how many got which status.
const [url, count, addresses = '50'] = process.argv.slice(2)
const attempt = async (_, index) => {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': `203.0.${index % Number(addresses)}.9` }
  const body = JSON.stringify({ username: `stranger${index}`, password: 'a guess that is long enough' })
  const answer = await fetch(`${url}/api/v1/session`, { method: 'POST', headers, body })
  await answer.text()
  return `${answer.status}${answer.status === 503 && !answer.headers.get('retry-after') ? ' without Retry-After' : ''}`
}
const answers = await Promise.all(Array.from({ length: Number(count) }, attempt))
const counts = {}
for (const status of answers) counts[status] = (counts[status] ?? 0) + 1
process.stdout.write(JSON.stringify(counts))
