// Answers that a test asked for in advance ("the next send to ana gets 429").

class Faults {
  #list = [];
  #lastId = 0;

  add({ method, path, status, body = '', headers = {}, times = null }) {
    const fault = { id: ++this.#lastId, method, path: new RegExp(path), status, body, headers, times, hits: 0 };
    this.#list.push(fault);
    return fault.id;
  }

  clear(ids) {
    this.#list = ids ? this.#list.filter((fault) => !ids.includes(fault.id)) : [];
  }

  match(method, path) {
    const fault = this.#list.find((f) => (!f.method || f.method === method) && f.path.test(path));
    if (!fault) return undefined;
    fault.hits += 1;
    if (fault.times !== null && fault.hits >= fault.times) this.clear([fault.id]);
    const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
    return {
      status: fault.status,
      headers: ['Content-Type:application/json', ...Object.entries(fault.headers).map(([k, v]) => `${k}:${v}`)],
      body: Buffer.from(text),
    };
  }
}
export const faults = new Faults();
