// What a refresh costs without any store: the same token requests in a loop, `CONCURRENCY` at a time, each answer parsed and thrown away.

const { TOKEN_URL: url = '', COUNT = '0', CONCURRENCY = '1' } = process.env;

let left = Number(COUNT);
async function lane(): Promise<void> {
  while (left-- > 0) {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'the-integration',
        client_secret: 'its-secret',
        refresh_token: `the-refresh-token-${left}`,
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token?: string };
    if (!response.ok || token === undefined) throw new Error(`no token: ${response.status}`);
  }
}

const cpuBefore = process.cpuUsage();
const startedAtMs = performance.now();
await Promise.all(Array.from({ length: Number(CONCURRENCY) }, lane));
const perSecond = (Number(COUNT) / (performance.now() - startedAtMs)) * 1000;
const { user, system } = process.cpuUsage(cpuBefore);
process.stdout.write(`ready ${JSON.stringify({ perSecond, cpuMs: (user + system) / 1000 / Number(COUNT) })}\n`);
