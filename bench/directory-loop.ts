// What a sync costs without any store: the roles and the licenses of `COUNT` organizations in a loop, `CONCURRENCY` at a time, each answer parsed and thrown away.

const { API_URL: url = '', COUNT = '0', CONCURRENCY = '1' } = process.env;

let left = Number(COUNT);
async function lane(): Promise<void> {
  while (left-- > 0) {
    for (const path of ['roles', `licenses?orgId=org${left}`]) {
      const response = await fetch(`${url}/${path}`, { headers: { authorization: `Bearer access-${left}` } });
      const { items } = (await response.json()) as { items?: unknown[] };
      if (!response.ok || !items?.length) throw new Error(`no ${path}: ${response.status}`);
    }
  }
}

const cpuBefore = process.cpuUsage();
const startedAtMs = performance.now();
await Promise.all(Array.from({ length: Number(CONCURRENCY) }, lane));
const perSecond = (Number(COUNT) / (performance.now() - startedAtMs)) * 1000;
const { user, system } = process.cpuUsage(cpuBefore);
process.stdout.write(`ready ${JSON.stringify({ perSecond, cpuMs: (user + system) / 1000 / Number(COUNT) })}\n`);
